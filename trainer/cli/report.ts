import type { EpochPoint, RunEvent } from '@core/run/events'
import type { Model } from '../model'
import { openLines } from './files'
import type { Options } from './options'

/** What `netloom train` tells at its end. */
export type Done = { readonly event: 'done'; readonly [name: string]: string | number }

/** How a run ended. */
export type Ended = Extract<RunEvent, { type: 'ended' }>

/** Reports the course of a training: as text or JSON on stdout, and as JSON into `--log`. */
export class Report {
  /** Every line of JSON so far. */
  readonly lines: string[] = []
  private readonly file: ReturnType<typeof openLines> | undefined

  constructor(private readonly options: Options) {
    this.file = options.log === undefined ? undefined : openLines(options.log)
  }

  epoch(point: EpochPoint): void {
    this.tell({ event: 'epoch', ...point }, epochText(point))
  }

  done(done: Done): void {
    this.tell(done, doneText(done))
  }

  close(): void {
    this.file?.close()
  }

  private tell(event: object, text: string): void {
    const line = JSON.stringify(event)
    this.lines.push(line)
    this.file?.write(line)
    process.stdout.write(`${this.options.json ? line : text}\n`)
  }
}

/** The last line: how the network does now, and how fast it got there. */
export function doneOf({ network, dataset, position }: Model, ended: Ended): Done {
  const scores = (['train', 'validation'] as const).flatMap((part) => {
    if (dataset.parts[part].length === 0) return []
    const { loss, accuracy } = network.evaluate(part)
    const name = part === 'train' ? 'train' : 'val'
    return [
      [`${name}Loss`, loss],
      ...(accuracy === undefined ? [] : [[`${name}Accuracy`, accuracy]])
    ] as const
  })
  return {
    event: 'done',
    engine: network.engine.id,
    how: ended.how,
    epochs: position.epoch,
    steps: position.step,
    seconds: round(ended.seconds),
    stepsPerSecond: round(ended.stepsPerSecond),
    ...Object.fromEntries(scores),
    parameters: network.parameters
  }
}

const round = (value: number): number => Number(value.toPrecision(6))
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

function epochText(point: EpochPoint): string {
  const { epoch, loss, accuracy, valLoss, valAccuracy } = point
  const numbers = (loss: number, accuracy: number | undefined): string =>
    `loss ${loss.toFixed(4)}${accuracy === undefined ? '' : `  accuracy ${percent(accuracy)}`}`
  const validation = valLoss === undefined ? '' : `   new examples: ${numbers(valLoss, valAccuracy)}`
  return `epoch ${epoch}   ${numbers(loss, accuracy)}${validation}`
}

function doneText(done: Done): string {
  const { how, epochs, seconds, stepsPerSecond, engine, trainAccuracy, valAccuracy } = done
  const words: { readonly [how: string]: string } = {
    finished: 'Finished',
    stopped: 'Stopped',
    early: 'Stopped early',
    diverged: 'Diverged'
  }
  const accuracies = [
    typeof trainAccuracy === 'number' ? `training points ${percent(trainAccuracy)}` : '',
    typeof valAccuracy === 'number' ? `new points ${percent(valAccuracy)}` : ''
  ].filter((text) => text !== '')
  return `${words[String(how)]} after ${epochs} epochs in ${seconds} s (${engine}, ${stepsPerSecond} steps a second). Accuracy: ${accuracies.join(', ')}.`
}
