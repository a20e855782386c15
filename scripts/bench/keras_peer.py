"""The benchmark's other side: Keras 3 and plain TensorFlow, driven over stdin and stdout, one JSON object a line.

open {workload, ways}            builds data and model -> {ways: {name: {openMs} | {reason}}}
time {way, budgetMs}             runs for about that long -> {ms: milliseconds a step, steps}
job {way, epochs}                the whole work from the starting weights -> {ms, result}
memory {}                        -> {rssMb}

A workload is what scripts/bench/workloads.mjs says. Threads come with the environment (BENCH_THREADS; 0 is all).
"""

import json
import os
import sys
import time

# Whatever libraries print must not get between the answers.
answers = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)

import keras_workload  # noqa: E402 -- imports TensorFlow, after stdout has been put aside
import keras_ways  # noqa: E402

opened = {}


def open_ways(workload, ways):
    made = keras_workload.make(workload)
    result = {}
    for name in ways:
        started = time.perf_counter()
        try:
            way = keras_ways.WAYS[name](workload, made())
            way.first()
        except Exception as error:  # what XLA or Keras cannot do is an answer too
            result[name] = {"reason": str(error).strip().split("\n")[0][:200]}
            continue
        opened[name] = way
        result[name] = {"openMs": (time.perf_counter() - started) * 1000}
    return {"ways": result}


def timed(way, budgetMs):
    """Mean milliseconds a step over a slice of at least this length; how many steps fit is found out on the way."""
    run = opened[way].run
    steps, chunk, started = 0, opened[way].chunk, time.perf_counter()
    while True:
        run(chunk)
        steps += chunk
        elapsed = (time.perf_counter() - started) * 1000
        if elapsed >= budgetMs:
            return {"ms": elapsed / steps, "steps": steps}


def job(way, epochs):
    opened[way].reset()
    started = time.perf_counter()
    result = opened[way].job(epochs)
    return {"ms": (time.perf_counter() - started) * 1000, "result": result}


def memory():
    """Resident memory now; where the system does not tell, nothing."""
    try:
        with open("/proc/self/status", encoding="utf-8") as status:
            line = next(line for line in status if line.startswith("VmRSS"))
        return {"rssMb": int(line.split()[1]) / 1024}
    except OSError:
        return {}


COMMANDS = {"hello": lambda: keras_workload.versions(), "open": open_ways, "time": timed, "job": job, "memory": memory}

for line in sys.stdin:
    request = json.loads(line)
    command = COMMANDS[request.pop("do")]
    try:
        reply = command(**request)
    except Exception as error:
        reply = {"error": f"{type(error).__name__}: {error}"[:2000]}
    answers.write(json.dumps(reply) + "\n")
