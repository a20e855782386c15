// Part `exports` of npm run test:full: exported networks are asked in the programs they are for, and docs/export.md is
// written from what was found.
import { spawn } from 'node:child_process'
import { preparePythonOrExit, pythonEnvironment } from '../python.mjs'
import { at } from '../setup/places.mjs'

const python = await preparePythonOrExit()
const child = spawn(
  process.execPath,
  [at('node_modules/vitest/vitest.mjs'), 'run', 'tests/trainer/export/matrix.test.ts'],
  {
    stdio: 'inherit',
    env: { ...process.env, ...pythonEnvironment, NETLOOM_FULL: '1', NETLOOM_PYTHON: python }
  }
)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('close', (code) => process.exit(code ?? 1))
