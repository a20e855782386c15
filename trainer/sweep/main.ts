import { runsFolder } from '../runs/folder'
import { stepBack, workOn } from './worker'

/** The entry of a process that trains trials of a sweep, an Electron utility process. It is given the sweep's id. */

const leaving = new AbortController()
process.parentPort.on('message', () => leaving.abort())
stepBack()

workOn(runsFolder(), process.argv[2]!, leaving.signal).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
