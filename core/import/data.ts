import type { Document } from '../document/schema'
import { part } from '../registry/define'
import type { Part } from '../registry/fields'
import { chainProject } from '../templates/chainProject'

/** What a network takes and answers. */
export interface Wanted {
  readonly title: string
  /** Of an example. */
  readonly shape: readonly number[]
  /** Its numbers are those of so many symbols. */
  readonly symbols?: number | undefined
  /** Shape of an answer as the network gives it. */
  readonly answer: readonly number[]
  /** 0 where answers are numbers. */
  readonly classes: number
  readonly loss: Part
}

/** A project without layers, on random numbers of the shapes that a network wants: its data is still to come. */
export function untrained({ title, shape, symbols, answer, classes, loss }: Wanted): Document {
  const places = classes > 0 ? answer.slice(0, -1) : answer
  const [height = 1, width = 0, channels = 0] = shape
  const [answerHeight = 0, answerWidth = 0, answerChannels = 0] = places
  return chainProject({
    name: title,
    source: part('random', {
      ...{ height, width, channels, symbols: symbols ?? 0, classes },
      ...{ answerHeight, answerWidth, answerChannels }
    }),
    split: { train: 0.5, test: 0 },
    layers: [],
    output: { loss },
    optimizer: part('adam', { learningRate: 0.001 }),
    epochs: 20,
    batchSize: 32
  })
}
