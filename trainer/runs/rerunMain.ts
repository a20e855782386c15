import type { FromRerun } from '@core/ipc/runsProcess'
import { runsFolder } from './folder'
import { RunLibrary } from './library'
import { rerun } from './rerun'

/** The entry of a process that trains one kept run again, an Electron utility process. It is given the run's id. */

const tell = (message: FromRerun): void => process.parentPort.postMessage(message)
const TELL_EVERY_MS = 100

async function main(): Promise<void> {
  const library = RunLibrary.open(runsFolder())
  const details = library.details(process.argv[2]!)
  if (!details?.ok) {
    const message = details?.problems[0]?.message ?? 'This run is not kept any more.'
    return tell({ type: 'failed', message })
  }
  let told = 0
  const result = await rerun(library, details.value, {
    onEpoch: (epoch, epochs) => {
      if (performance.now() - told < TELL_EVERY_MS) return
      told = performance.now()
      tell({ type: 'progress', epoch, epochs })
    }
  })
  library.close()
  tell(result.ok ? { type: 'done' } : { type: 'failed', message: result.problems[0]!.message })
}

main().catch((error: unknown) => {
  console.error(error)
  tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
})
