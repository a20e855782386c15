import type { ToRace } from '@core/race/race'
import { runsFolder } from '../runs/folder'
import { Racing } from './run'

/** The entry of the process that trains the networks of a race by turns, an Electron utility process. */

const racing = new Racing(runsFolder(), (message) => process.parentPort.postMessage(message))

async function run(message: Extract<ToRace, { type: 'begin' }>): Promise<void> {
  try {
    await racing.run(message.race)
  } catch (error) {
    console.error(error)
    const words = error instanceof Error ? error.message : String(error)
    process.parentPort.postMessage({ type: 'failed', message: `The race broke off: ${words}` })
  }
  // The message is on its way when this turn is over.
  setImmediate(() => process.exit(0))
}

process.parentPort.on('message', ({ data }: Electron.MessageEvent) => {
  const message = data as ToRace
  if (message.type === 'begin') void run(message)
  else racing[message.type]()
})
