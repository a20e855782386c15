import { decodeNumbers, encodeText } from '@core/data/text/alphabet'
import { cleanText } from '@core/data/text/profile'
import { drawn, tempered } from '@core/data/text/sampling'
import type { FromTrainer, ToTrainer } from '@core/ipc'
import { randomStream } from '@core/random/stream'
import type { Model } from '../model'
import { weightsAt, type SeenWeights } from '../views/turns'

type WriteRequest = Extract<ToTrainer, { type: 'write' }>
type Written = Extract<FromTrainer, { type: 'written' }>

/** How a text goes on. */
export interface WriteOptions {
  readonly beginning: string
  /** Characters to write. */
  readonly count: number
  readonly temperature: number
  readonly seed: number
}

/**
 * What a network of characters writes after a beginning: each character is drawn from the shares it gives, and read
 * again. `shares` [classes] are those after the beginning, as they are. A character is a function of the seed and of its
 * place in the text. Undefined where the network's data is no text.
 */
export function writeOn(
  { dataset, network, plan }: Pick<Model, 'dataset' | 'network' | 'plan'>,
  { beginning, count, temperature, seed }: WriteOptions,
  weights?: SeenWeights['weights']
): { readonly text: string; readonly shares: Float32Array<ArrayBuffer> } | undefined {
  const { symbols, shape, classes } = dataset
  if (!symbols || !plan.scheme.compares) return undefined
  const [length = 1] = shape
  const each = dataset.target.shape.length > 0
  const read = [...encodeText(symbols, cleanText(beginning))]
  const begun = read.length
  // Something has to stand there for anything to follow.
  if (begun === 0) read.push(Math.max(1, symbols.indexOf('\n'), symbols.indexOf(' ')))
  let first: Float32Array<ArrayBuffer> | undefined
  const written: number[] = []
  for (let i = 0; i < Math.max(1, count); i++) {
    const x = new Float32Array(length)
    const seen = read.slice(-length)
    x.set(seen)
    const at = (each ? seen.length - 1 : 0) * classes.length
    const shares = network.answers(x, weights).slice(at, at + classes.length) as Float32Array<ArrayBuffer>
    first ??= shares
    if (count === 0) break
    const place = randomStream(seed, 'write', begun + i).uniform()
    const number = drawn(tempered(shares, temperature), place) + 1
    read.push(number)
    written.push(number)
  }
  return { text: decodeNumbers(symbols, written), shares: first! }
}

/** The same as an answer to the window. */
export function written(model: Model, request: WriteRequest): Written | undefined {
  const { id, epoch } = request
  const seen = weightsAt(model, epoch)
  const found = writeOn(model, request, seen.weights)
  return found && { type: 'written', id, epoch: seen.epoch, ...found }
}
