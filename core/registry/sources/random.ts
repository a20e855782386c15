import { sizeOf } from '../../graph/signal'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'
import type { IntField } from '../fields'

const axis = (label: string, help: string, value: number, min: number): IntField => ({
  kind: 'int',
  label,
  help,
  default: value,
  min,
  max: 65_536
})

const sizes = (...all: readonly number[]): readonly number[] => all.filter((size) => size > 0)

/**
 * Examples of any shape: standard normal numbers, or whole ones below `symbols`, with answers that have nothing to do
 * with them. What a network makes of data that there is none of yet; and something to learn by heart.
 */
export default defineSource({
  type: 'random',
  title: 'Random numbers',
  summary: 'Examples of any shape, with answers by chance: stands in for data that is still to come.',
  icon: 'dices',
  fields: {
    samples: {
      kind: 'int',
      label: 'Examples',
      unit: 'examples',
      help: 'How many examples there are.',
      default: 200,
      min: 10,
      max: 5000
    },
    height: axis(
      'Numbers, steps or lines',
      'Numbers of a row, steps of a sequence, lines of a picture.',
      4,
      1
    ),
    width: axis('Width or numbers a step', 'Pixels of a line, or numbers of a step. 0 makes rows.', 0, 0),
    channels: axis('Channels', 'Numbers of a pixel. 0 makes no pictures.', 0, 0),
    symbols: {
      kind: 'int',
      label: 'Symbols',
      help: 'Whole numbers below this one, as an Embedding takes them. 0 makes any numbers.',
      default: 0,
      min: 0,
      max: 1_000_000
    },
    classes: {
      kind: 'int',
      label: 'Classes',
      unit: 'classes',
      help: 'How many classes the answers have. 0 makes answers that are numbers.',
      default: 2,
      min: 0,
      max: 10_000
    },
    answerHeight: axis('Answers', 'Answers of an example, or lines of an answer. 0 gives one class.', 0, 0),
    answerWidth: axis('Numbers of an answer', 'Where an answer has lines, how long they are.', 0, 0),
    answerChannels: axis('Channels of an answer', 'Where an answer is a picture.', 0, 0)
  },
  describe: ({
    samples: rows,
    height,
    width,
    channels,
    symbols,
    classes,
    answerHeight,
    answerWidth,
    answerChannels
  }) => {
    const answer = sizes(answerHeight, answerWidth, answerChannels)
    return {
      features: [],
      classes: Array.from({ length: classes }, (_, i) => String(i)),
      shape: sizes(height, width, channels),
      target: classes > 0 ? { classes, shape: answer } : { shape: answer.length > 0 ? answer : [1] },
      ...(symbols > 0 ? { symbols: Array.from({ length: symbols }, (_, i) => String(i)) } : {}),
      rows
    }
  },
  generate: (config, { seed }) => {
    const { samples, height, width, channels, symbols, classes } = config
    const random = randomStream(seed, 'data/random')
    const places = sizeOf(sizes(config.answerHeight, config.answerWidth, config.answerChannels))
    const number = (): number => (symbols > 0 ? random.integer(symbols) : random.normal())
    return {
      x: Float32Array.from({ length: samples * sizeOf(sizes(height, width, channels)) }, number),
      y:
        classes > 0
          ? Int32Array.from({ length: samples * places }, () => random.integer(classes))
          : Float32Array.from({ length: samples * places }, () => random.normal())
    }
  }
})
