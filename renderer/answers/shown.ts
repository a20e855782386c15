import type { Example } from '@core/answers/messages'
import type { Correction } from '@core/data/corrections'
import type { Examples } from '@core/ipc'
import { sizeOf } from '@core/graph/signal'
import { numberText } from '@core/words'
import type { Look } from '../shared/look'
import { seenClass } from '../shared/sequenceShapes'
import { percentText } from '../shared/words'

/** An example as it is drawn. */
export interface Shown {
  readonly example: Example
  /** [shape], as they go into the network. */
  readonly values: Float32Array<ArrayBuffer>
  readonly caption: string
  /** In words, for screen readers and under the pointer. */
  readonly label: string
  readonly mended: boolean
}

/** What is needed to put an example in words. */
export interface Words {
  readonly classes: readonly string[]
  /** "picture" */
  readonly one: string
  readonly corrections: readonly Correction[]
  /** What stands below an example: how sure the network is, or its class. */
  readonly say: 'confidence' | 'class'
  /** How the examples are drawn: of a text the character that follows is said. */
  readonly look?: Look | undefined
}

/** The examples of a page with their numbers and words. */
export function shownOf({ examples, x, shape, scale }: Examples, words: Words): readonly Shown[] {
  const size = sizeOf(shape)
  return examples.map((example, i) => {
    const values = Float32Array.from(x.subarray(i * size, (i + 1) * size), (v) => v * scale)
    const correction = words.corrections.find(({ row }) => row === example.row)
    return {
      ...{ example, values },
      mended: correction !== undefined,
      caption: captionOf(example, correction, words),
      label: labelOf(example, correction, words)
    }
  })
}

/** The names of these answers: of a sequence the first few. */
export function answerText(answer: readonly number[], classes: readonly string[]): string {
  const named = answer.slice(0, 8).map((v) => classes[v] ?? numberText(Number(v.toPrecision(4))))
  return named.join(' ') + (answer.length > 8 ? ' …' : '')
}

function captionOf(
  { truth, confidence }: Example,
  correction: Correction | undefined,
  { classes, say, look }: Words
): string {
  if (correction) return correction.label === null ? 'left out' : `now ${classes[correction.label] ?? '?'}`
  if (look?.kind === 'text' && truth.length > 0 && (say === 'class' || !confidence))
    return `then ${seenClass(look.symbols, truth.at(-1)!)}`
  if (say === 'class') return answerText(truth, classes)
  return confidence ? percentText(Math.max(...confidence)) : ''
}

function labelOf(
  { row, truth, given, confidence }: Example,
  correction: Correction | undefined,
  { classes, one }: Words
): string {
  const name = `${one.charAt(0).toUpperCase()}${one.slice(1)} ${(row + 1).toLocaleString('en-US')}`
  const mended =
    correction && (correction.label === null ? ', left out' : `, now ${classes[correction.label] ?? '?'}`)
  const answer =
    given &&
    `, taken for ${answerText(given, classes)}${confidence ? `, ${percentText(Math.max(...confidence))} sure` : ''}`
  return `${name}: ${answerText(truth, classes)}${answer ?? ''}${mended ?? ''}`
}
