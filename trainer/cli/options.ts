import { parseArgs } from 'node:util'
import { BadInput } from './words'

/** Command and options as they were typed, checked for form. */
export interface Options {
  readonly command: string | undefined
  /** FILE or LESSON. */
  readonly project: string | undefined
  /** All words after the command. */
  readonly words: readonly string[]
  readonly help: boolean
  readonly json: boolean
  readonly engine: 'auto' | 'native' | 'wasm' | 'fused' | undefined
  readonly epochs: number | undefined
  readonly steps: number | undefined
  readonly seed: number | undefined
  readonly set: readonly (readonly [path: string, value: string])[]
  readonly init: string | undefined
  readonly data: string | undefined
  readonly log: string | undefined
  readonly logEvery: number | undefined
  readonly trainLoss: 'on' | 'off' | 'auto'
  readonly save: string | undefined
  /** The run is kept among the user's runs. */
  readonly keep: boolean
  readonly verify: boolean
  readonly quick: boolean
  /** Ids, separated by commas. */
  readonly only: string | undefined
  readonly resume: string | undefined
  readonly format: string | undefined
  readonly out: string | undefined
  /** The id of a network of the project. */
  readonly network: string | undefined
  /** What a network of characters goes on from. */
  readonly text: string | undefined
  /** Characters that it writes. */
  readonly length: number | undefined
  readonly temperature: number | undefined
  /** Combinations that are drawn at random, starts of each, and processes at once. */
  readonly random: number | undefined
  readonly seeds: number | undefined
  readonly jobs: number | undefined
  readonly halving: boolean
}

const flags = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  engine: { type: 'string' },
  epochs: { type: 'string' },
  steps: { type: 'string' },
  seed: { type: 'string' },
  set: { type: 'string', multiple: true },
  init: { type: 'string' },
  data: { type: 'string' },
  log: { type: 'string' },
  'log-every': { type: 'string' },
  'train-loss': { type: 'string' },
  save: { type: 'string' },
  'no-keep': { type: 'boolean' },
  verify: { type: 'boolean' },
  quick: { type: 'boolean' },
  only: { type: 'string' },
  resume: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
  network: { type: 'string' },
  text: { type: 'string' },
  length: { type: 'string' },
  temperature: { type: 'string' },
  random: { type: 'string' },
  seeds: { type: 'string' },
  jobs: { type: 'string' },
  halving: { type: 'boolean' }
} as const

/** Commands that take any number of words. */
const SEVERAL = ['data', 'runs', 'compare']

/** Options from the words after `netloom`. Throws BadInput. */
export function readOptions(words: readonly string[]): Options {
  const { values, positionals } = parse(words)
  const [command, ...rest] = positionals
  const [project, ...more] = rest
  if (more.length > 0 && !SEVERAL.includes(command ?? ''))
    throw new BadInput(`One project at a time: there is no place for “${more.join(' ')}”.`)
  return {
    command,
    project,
    words: rest,
    help: values.help ?? false,
    json: values.json ?? false,
    engine: oneOf('--engine', values.engine, ['auto', 'native', 'wasm', 'fused']),
    epochs: whole('--epochs', values.epochs, 1),
    steps: whole('--steps', values.steps, 1),
    seed: whole('--seed', values.seed, 0),
    set: (values.set ?? []).map(setting),
    init: values.init,
    data: values.data,
    log: values.log,
    logEvery: whole('--log-every', values['log-every'], 1),
    trainLoss: oneOf('--train-loss', values['train-loss'], ['on', 'off', 'auto']) ?? 'auto',
    save: values.save,
    keep: values['no-keep'] !== true,
    verify: values.verify ?? false,
    quick: values.quick ?? false,
    only: values.only,
    resume: values.resume,
    format: values.format,
    out: values.out,
    network: values.network,
    text: values.text,
    length: whole('--length', values.length, 1),
    temperature: between('--temperature', values.temperature, 0.05, 5),
    random: whole('--random', values.random, 1),
    seeds: whole('--seeds', values.seeds, 1),
    jobs: whole('--jobs', values.jobs, 1),
    halving: values.halving ?? false
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: flags, allowPositionals: true, strict: true })
  } catch (error) {
    throw new BadInput((error as Error).message)
  }
}

function whole(name: string, text: string | undefined, min: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || !Number.isInteger(value) || value < min)
    throw new BadInput(`${name} is “${text}”, needs a whole number of at least ${min}.`)
  return value
}

function between(name: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || !(value >= min && value <= max))
    throw new BadInput(`${name} is “${text}”, needs a number from ${min} to ${max}.`)
  return value
}

function oneOf<const T extends string>(
  name: string,
  text: string | undefined,
  choices: readonly T[]
): T | undefined {
  if (text === undefined) return undefined
  const found = choices.find((choice) => choice === text)
  if (!found) throw new BadInput(`${name} is “${text}”, can be ${choices.join(', ')}.`)
  return found
}

function setting(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new BadInput(`--set is “${text}”, needs path=value, such as nodes.hidden.units=5.`)
  return [text.slice(0, at).trim(), text.slice(at + 1)]
}
