import { parentPort } from 'node:worker_threads'
import type { FromReader, ToReader } from './pool'
import { readOne } from './readOne'

/* The entry of a thread that reads pictures: some files at a time. */

const port = parentPort!

port.on('message', ({ id, folder, jobs, settings }: ToReader) => {
  void (async () => {
    const outcomes = []
    for (const job of jobs) outcomes.push(await readOne(folder, job, settings))
    const answer: FromReader = { id, outcomes }
    port.postMessage(answer)
  })()
})
