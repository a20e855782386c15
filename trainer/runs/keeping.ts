import { runsFolder } from './folder'
import { thisMachine } from './machine'
import { Recorder } from './recorder'

/** Opens what keeps the runs of this process; undefined, and why, where it cannot be opened: training needs none. */
export function openRecorder(onFailure: (words: string) => void): Recorder | undefined {
  const tell = (error: unknown): void => {
    console.error(error)
    const words = error instanceof Error ? error.message : String(error)
    onFailure(`Runs are not being kept just now: ${words}. Training goes on as usual.`)
  }
  try {
    return Recorder.open(runsFolder(), thisMachine(), tell)
  } catch (error) {
    tell(error)
    return undefined
  }
}
