import type { Document } from '../document/schema'
import { countText, numberText } from '../words'
import type { KeptRun, Repeat, RunDetails } from './kept'

/** Why a run cannot be trained again from its beginning alone; undefined where it can. */
export function whyNotRepeated({ run, changes }: RunDetails): string | undefined {
  if (run.status === 'running') return 'It is being trained just now.'
  if (run.from > 0) return 'It went on from another run: reproduce that one, and go on from there.'
  if (changes.length > 0)
    return 'Settings were changed while it trained, so its beginning does not tell how it went on.'
  return run.epoch === 0 ? 'It has not finished an epoch.' : undefined
}

/** The document that trains a run again: as it was, with the engine and the threads that it had. */
export function pinned({ run, ended, machine }: RunDetails): Document {
  const { document } = ended
  const { id, threads } = run.engine
  return {
    ...document,
    training: {
      ...document.training,
      epochs: Math.max(run.epochs, run.epoch),
      engine: id,
      threads: Math.min(64, threads ?? machine.threads)
    },
    view: { ...document.view, pace: 'full' }
  }
}

/** What a rerun came to, in words. */
export function repeatText({ same, epochs, differsFrom, largest }: Repeat, run: KeptRun): string {
  if (same) return `Came out the same: all ${countText(epochs)} epochs and the weights agree bit for bit.`
  const by = largest === undefined ? '' : ` The loss differs by ${numberText(largest)} at most.`
  const why =
    (run.engine.threads ?? 2) > 1
      ? ' Several threads add numbers in an order that changes; one thread repeats exactly.'
      : ' Another processor or another version of Netloom can be the reason.'
  return `Differs from epoch ${countText(differsFrom ?? 1)} on.${by}${why}`
}
