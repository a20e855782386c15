import { clippings, losses, optimizers, schedules } from '../../../registry'
import type { KerasConfig, KerasLoss, KerasObject } from '../../../registry/define'
import { of, plain, type Argument, type CodeLine, type Expression } from '../lines'
import { python, pythonFloat, pythonNumber } from '../python'
import type { TrainingFacts } from '../facts'
import { DATA, START } from '../files'
import { kerasArguments, kerasCall } from './values'

/** What a training is in Keras; why Keras has none of its kind, as a sentence. */
export function kerasTraining(
  facts: TrainingFacts,
  scale: number
): { readonly lines: readonly CodeLine[] } | { readonly lacks: string } {
  const loss = losses[facts.loss.type]!
  const how = loss.keras?.(facts.loss.config, facts)
  if (!how) return { lacks: `Keras has no loss like ${loss.title}.` }
  const optimizer = optimizers[facts.optimizer.type]!
  const steps = optimizer.keras?.(facts.optimizer.config)
  if (!steps) return { lacks: `Keras has no optimizer like ${optimizer.title}.` }
  if (facts.balanced && facts.positions > 1)
    return { lacks: 'Keras has no weights of classes for answers at each step.' }
  const rate = schedules[facts.schedule.type]!.keras(facts.schedule.config, facts)
  const scheduled = typeof rate === 'object' && 'callback' in rate
  const learningRate: Expression = scheduled
    ? pythonFloat(facts.rate)
    : typeof rate === 'object'
      ? kerasCall(rate)
      : pythonFloat(rate)
  const compiled: Expression = {
    call: `keras.optimizers.${steps.class}`,
    args: [
      { name: 'learning_rate', value: learningRate },
      ...kerasArguments(steps.class, {
        ...steps.config,
        ...clippings[facts.clipping.type]!.keras(facts.clipping.config)
      })
    ]
  }
  const callbacks = [...(scheduled ? [rate.callback] : []), ...earlyStopping(facts)]
  return {
    lines: [
      ...dataLines(facts, how, scale),
      ...plain('\n'),
      ...lossFunction(facts, how),
      ...plain('def train(model):\n    """Trains it again, from the weights that it started from."""'),
      ...plain(`keras.utils.set_random_seed(${facts.seed})\nmodel.load_weights("${START}")`, 4),
      ...of(facts.source, plain('data = load_data()\nx, y = data["train"]', 4)),
      ...plain('    model.compile('),
      ...python(compiled, { indent: 8, before: 'optimizer=', after: ',' }),
      ...python(lossCall(facts, how), { indent: 8, before: 'loss=', after: ',', nodeId: facts.sink }),
      ...(facts.classes === undefined ? [] : plain(`metrics=[${metricOf(facts)}],`, 8)),
      ...plain('    )'),
      ...(facts.balanced ? classWeights(facts, how) : []),
      ...python({ call: 'model.fit', args: fitArguments(facts, callbacks) }, { indent: 4 }),
      ...(facts.tests ? plain('    model.evaluate(*data["test"])') : [])
    ]
  }
}

/** Are classes given to the loss as 0, 1, 0 … and not as their numbers? */
function isOneHot({ classes, outputs }: TrainingFacts, how: KerasLoss): boolean {
  return classes !== undefined && outputs > 1 && !('numbered' in how && how.numbered)
}

/** load_data(): a pair of examples and answers by part. */
function dataLines(facts: TrainingFacts, how: KerasLoss, scale: number): readonly CodeLine[] {
  const { copies, outputs, source, validates, tests } = facts
  const parts = ['train', ...(validates ? ['validation'] : []), ...(tests ? ['test'] : [])]
  const answers = copies
    ? scale === 1
      ? ['y = x']
      : [`y = x * ${pythonNumber(scale)}`]
    : [
        // Answers as the network gives them, a number each.
        facts.classes !== undefined && outputs === 1 ? 'y = data["y"][..., np.newaxis]' : 'y = data["y"]',
        ...(isOneHot(facts, how) ? [`y = keras.utils.to_categorical(y, num_classes=${outputs})`] : [])
      ]
  return [
    ...plain(
      'def load_data():\n    """Examples and their right answers, by the part that they belong to."""'
    ),
    ...of(source, [
      ...plain(`data = np.load("${DATA}")\nx = data["x"]`, 4),
      ...plain(answers.join('\n'), 4),
      ...python(
        {
          list: parts.map((part) => ({ value: JSON.stringify(part) })),
          brackets: 'list'
        },
        { indent: 4, before: 'parts = ' }
      ),
      ...plain('return {part: (x[data[part]], y[data[part]]) for part in parts}', 4)
    ])
  ]
}

function earlyStopping({ patience, restoreBest, monitor }: TrainingFacts): readonly KerasObject[] {
  if (patience === 0) return []
  const config = { monitor, patience, restore_best_weights: restoreBest }
  return [{ module: 'callbacks', class: 'EarlyStopping', config }]
}

function fitArguments(facts: TrainingFacts, callbacks: readonly KerasObject[]): readonly Argument[] {
  return [
    { value: 'x' },
    { value: 'y' },
    { name: 'batch_size', value: String(facts.batchSize) },
    { name: 'epochs', value: String(facts.epochs) },
    ...(facts.validates ? [{ name: 'validation_data', value: 'data["validation"]' }] : []),
    ...(facts.balanced ? [{ name: 'class_weight', value: 'class_weight' }] : []),
    ...(callbacks.length === 0
      ? []
      : [{ name: 'callbacks', value: { list: callbacks.map((value) => ({ value: kerasCall(value) })) } }])
  ]
}

/** A function for what Keras has no class for. Without an axis it adds up the batch, too. */
function lossFunction({ loss, sink, sum }: TrainingFacts, how: KerasLoss): readonly CodeLine[] {
  if (!('sumOf' in how)) return []
  return [
    ...of(
      sink,
      plain(
        `def ${functionName(loss.type)}(y_true, y_pred):\n    return keras.ops.sum(${how.sumOf}${sum ? '' : ', axis=-1'})`
      )
    ),
    ...plain('\n')
  ]
}

function lossCall({ loss, sum }: TrainingFacts, how: KerasLoss): Expression {
  if ('sumOf' in how) return functionName(loss.type)
  const reduction: KerasConfig = sum ? { reduction: 'sum' } : {}
  return kerasCall({ module: 'losses', class: how.class, config: { ...how.config, ...reduction } })
}

/** Accuracy, from where on the answers of this loss mean the second class. */
function metricOf({ loss, outputs }: TrainingFacts): string {
  const cut = losses[loss.type]!.cut?.(loss.config) ?? 0.5
  if (outputs > 1 || cut === 0.5) return '"accuracy"'
  return `keras.metrics.BinaryAccuracy(name="accuracy", threshold=${cut})`
}

function functionName(type: string): string {
  return type.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** As the app has them: rows / (classes · rows of the class). */
function classWeights(facts: TrainingFacts, how: KerasLoss): readonly CodeLine[] {
  const numbers = isOneHot(facts, how) ? 'y.argmax(axis=-1)' : facts.outputs === 1 ? 'y.ravel()' : 'y'
  return of(
    facts.sink,
    plain(
      `counts = np.bincount(${numbers}, minlength=${facts.classes})\n` +
        'shares = len(y) / (len(counts) * np.maximum(counts, 1))\n' +
        'class_weight = dict(enumerate(shares))',
      4
    )
  )
}
