@echo off
rem Netloom without a window: the packaged app as plain Node, running the command line tool in it.
setlocal
set ELECTRON_RUN_AS_NODE=1
if not defined TF_NUM_INTRAOP_THREADS set TF_NUM_INTRAOP_THREADS=1
if not defined TF_CPP_MIN_LOG_LEVEL set TF_CPP_MIN_LOG_LEVEL=2
"%~dp0Netloom.exe" "%~dp0resources\app.asar\out\cli\netloom.cjs" %*
