import type { Document } from '../document/schema'
import { sizeOf } from '../graph/signal'
import { sources } from '../registry'
import { part, type SourceDefinition } from '../registry/define'
import { defaultsOf, type Config, type Fields, type Part } from '../registry/fields'
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

/** "28 × 28 × 1 numbers, and answers with one of 10 classes": what a network that was brought in wants of its data. */
export function shapeWords({ data: { source } }: Document): string {
  const described = sources[source.type]!.describe(source.config, {})
  if ('code' in described) return ''
  const { shape, target, symbols } = described
  const what = symbols ? `${shape.join(' × ')} symbols out of ${symbols.length}` : shape.join(' × ')
  const numbers = symbols ? '' : shape.length === 1 && shape[0] === 1 ? ' number' : ' numbers'
  const places = target.shape.length === 0 ? '' : ` at each of ${target.shape.join(' × ')} places`
  const answer =
    target.classes === undefined
      ? `${target.shape.join(' × ')} ${sizeOf(target.shape) === 1 ? 'number' : 'numbers'}`
      : `one of ${target.classes} classes${places}`
  return `${what}${numbers}, and answers with ${answer}`
}

/** Data that is there and has the shape that a network wants, with the settings it takes; the library's first. */
export function fittingSources({ data: { source } }: Document): readonly Part[] {
  const wanted = sources[source.type]!.describe(source.config, {})
  if ('code' in wanted || wanted.symbols) return []
  const fits = (one: SourceDefinition, config: Config): boolean => {
    const described = one.describe(config, {})
    return (
      !('code' in described) &&
      !described.symbols &&
      described.shape.join() === wanted.shape.join() &&
      described.target.classes === wanted.target.classes &&
      described.target.shape.join() === wanted.target.shape.join()
    )
  }
  return Object.values(sources)
    .filter(({ type }) => type !== source.type)
    .sort((a, b) => Number(b.library !== undefined) - Number(a.library !== undefined))
    .flatMap((one) => {
      const config = choicesOf(one.fields).find((choice) => fits(one, choice))
      return config ? [{ type: one.type, config }] : []
    })
}

/** Settings with every choice there is; those at their default first. */
function choicesOf(fields: Fields): readonly Config[] {
  return Object.entries(fields).reduce<readonly Config[]>(
    (all, [name, field]) =>
      field.kind === 'choice'
        ? all.flatMap((config) =>
            [...field.options]
              .sort((a, b) => Number(b.value === field.default) - Number(a.value === field.default))
              .map(({ value }) => ({ ...config, [name]: value }))
          )
        : all,
    [defaultsOf(fields)]
  )
}
