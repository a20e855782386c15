import { words } from './words'

/** A word of the field, for someone who meets it for the first time. */
export interface Word {
  /** As it stands in a sentence: "learning rate". */
  readonly term: string
  /** What it means, in one to three plain sentences. */
  readonly text: string
  /** Words that go with it. */
  readonly see?: readonly WordId[]
}
export type WordId = keyof typeof words

/** The word of this id. */
export function wordOf(id: WordId): Word {
  return words[id]
}

/** Words that settings stand for, by the setting's name. */
const ofSettings: { readonly [field: string]: WordId } = {
  units: 'neuron',
  activation: 'activation',
  kernelInitializer: 'initializer',
  initializer: 'initializer',
  biasInitializer: 'initializer',
  kernelRegularizer: 'regularizer',
  regularizer: 'regularizer',
  learningRate: 'learningRate',
  optimizer: 'optimizer',
  schedule: 'schedule',
  clipping: 'gradient',
  batchSize: 'batch',
  epochs: 'epoch',
  patience: 'earlyStopping',
  loss: 'loss',
  rate: 'dropout',
  useBias: 'bias',
  seed: 'seed',
  dataSeed: 'seed',
  inputs: 'input',
  momentum: 'momentum'
}

/** The word that a setting stands for; `kind` is the registry it chooses from, if any. */
export function wordOfSetting(name: string, kind?: string): WordId | undefined {
  return (
    (kind !== undefined && Object.hasOwn(ofSettings, kind) ? ofSettings[kind] : undefined) ??
    (Object.hasOwn(ofSettings, name) ? ofSettings[name] : undefined)
  )
}
