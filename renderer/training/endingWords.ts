import type { Document } from '@core/document/schema'
import type { RunState } from '@core/run/state'
import { settingText } from '../shared/words'
import { countText, lossText } from './numbers'

/** What is said about a run that has ended by itself before its epochs were over: a chip, and why. */
export interface EndingWords {
  readonly short: string
  readonly why: string
}

const HOW = 'Keep training goes on from here. The limit is under More settings.'

/** Words for how a run ended; undefined while it goes on, and where there is nothing to explain. */
export function endingWords(
  run: Pick<RunState, 'status' | 'ending' | 'epoch' | 'step'>,
  { patience, restoreBest, stopAt }: Document['training'],
  noun: string
): EndingWords | undefined {
  if (run.status !== 'ended') return undefined
  switch (run.ending) {
    case 'early': {
      const back = restoreBest ? ` The weights of the best epoch, ${countText(run.epoch)}, are back.` : ''
      const waited = patience > 0 ? `For ${countText(patience)} epochs it` : 'It'
      return { short: 'Stopped early', why: `${waited} did no better on new ${noun}.${back}` }
    }
    case 'time':
      return {
        short: stopAt.seconds === null ? 'Time is over' : `Stopped after ${secondsText(stopAt.seconds)}`,
        why: `The time that was set for training is over. ${HOW}`
      }
    case 'target':
      return {
        short: stopAt.loss === null ? 'Reached its goal' : `Reached a loss of ${lossText(stopAt.loss)}`,
        why: `The loss is as low as was asked for. ${HOW}`
      }
    case 'finished':
      return stopAt.steps !== null && run.step >= stopAt.steps
        ? {
            short: `Stopped after ${countText(stopAt.steps)} steps`,
            why: `All steps that were set are made. ${HOW}`
          }
        : undefined
    default:
      return undefined
  }
}

/** "45 s", "2 min", "1.5 h". */
export function secondsText(seconds: number): string {
  if (seconds < 120) return `${settingText(seconds)} s`
  if (seconds < 7200) return `${settingText(Number((seconds / 60).toFixed(1)))} min`
  return `${settingText(Number((seconds / 3600).toFixed(1)))} h`
}
