import { clippings, losses, optimizers, schedules } from '../../../registry'
import type { ExportModel } from '../../model'
import type { TrainingFacts } from '../facts'
import { SCRIPT_FILES } from '../files'
import { numberText, of, plain, type Argument, type CodeLine } from '../lines'
import { script } from '../script'

/** What a training is in TensorFlow.js, and what it leaves out; no lines where TensorFlow.js has none of its kind. */
export function tfjsTraining(
  facts: TrainingFacts,
  model: ExportModel
): { readonly lines?: readonly CodeLine[]; readonly lacks: readonly string[] } {
  const loss = losses[facts.loss.type]!
  const each = loss.tfjs?.(facts.loss.config, facts)
  if (each === undefined) return { lacks: [`TensorFlow.js has no loss like ${loss.title}.`] }
  const optimizer = optimizers[facts.optimizer.type]!
  const made = optimizer.tfjs?.(facts.optimizer.config)
  if (made === undefined) return { lacks: [`TensorFlow.js has no optimizer like ${optimizer.title}.`] }
  const [name, ...settings] = made
  const steps = {
    call: `tf.train.${name}`,
    args: [facts.rate, ...settings].map((one) => ({
      value: typeof one === 'number' ? numberText(one) : String(one)
    }))
  }
  const { sink, source, sum, validates, tests, classes } = facts
  return {
    lacks: [...facts.lacks, ...lacking(facts)],
    lines: [
      ...plain(READ),
      ...plain(
        '\n/** Examples and their right answers, by the part that they belong to. */\nfunction loadData() {'
      ),
      ...of(source, dataLines(facts, model)),
      ...plain('}\n'),
      ...plain('/** What is made small: the loss of each answer, which TensorFlow.js averages. */'),
      ...of(sink, functionLines(`${each}${sum ? '.sum()' : ''}`)),
      ...plain(
        '\n/** Trains it again, from the weights that it started from. */\nasync function train(model) {'
      ),
      ...plain(`  loadWeights(model, "${SCRIPT_FILES.start}");`),
      ...of(source, plain('  const data = loadData();\n  const [x, y] = data.train;')),
      ...script(
        {
          call: 'model.compile',
          args: [
            {
              value: {
                settings: [
                  { name: 'optimizer', value: steps },
                  { name: 'loss', value: 'loss' },
                  ...(classes === undefined ? [] : [{ name: 'metrics', value: '["accuracy"]' }])
                ]
              }
            }
          ]
        },
        { indent: 2, after: ';' }
      ),
      ...plain('  await model.fit(x, y, {'),
      ...fitSettings(facts).flatMap(({ name, value }) =>
        script(value, { indent: 4, before: `${name!}: `, after: ',' })
      ),
      ...plain('  });'),
      ...(tests ? plain('  console.log("test:", String(model.evaluate(...data.test)));') : []),
      ...plain('}')
    ]
  }

  function fitSettings({ batchSize, epochs, patience, monitor }: TrainingFacts): readonly Argument[] {
    const stop = {
      settings: [
        { name: 'monitor', value: JSON.stringify(monitor) },
        { name: 'patience', value: String(patience) }
      ]
    }
    return [
      { name: 'batchSize', value: String(batchSize) },
      { name: 'epochs', value: String(epochs) },
      ...(validates ? [{ name: 'validationData', value: 'data.validation' }] : []),
      ...(patience === 0
        ? []
        : [{ name: 'callbacks', value: { call: 'tf.callbacks.earlyStopping', args: [{ value: stop }] } }])
    ]
  }
}

const READ = `/** Numbers of a file, as they lie in memory. */
function read(file, Numbers) {
  return new Numbers(new Uint8Array(readFileSync(file)).buffer);
}`

function functionLines(text: string): readonly CodeLine[] {
  const one = `const loss = (yTrue, yPred) => ${text};`
  return plain(one.length <= 80 ? one : `const loss = (yTrue, yPred) =>\n  ${text};`)
}

function dataLines(facts: TrainingFacts, { plan, data, derivation }: ExportModel): readonly CodeLine[] {
  const { copies, classes, outputs, validates, tests } = facts
  const shaped = (sizes: readonly number[]): string => `.reshape([${[-1, ...sizes].join(', ')}])`
  const bytes = derivation.data!.scale !== undefined
  const target = plan.target.shape
  const answers = copies
    ? data.scale === 1
      ? 'const y = x;'
      : `const y = x.mul(${numberText(data.scale)});`
    : `const y = ${
        classes === undefined
          ? `tf.tensor1d(read("${SCRIPT_FILES.y}", Float32Array))${shaped(target)}`
          : outputs > 1
            ? `tf.oneHot(labels, ${outputs}).toFloat()`
            : `tf.tensor1d(numbers, "float32")${shaped([...target, 1])}`
      };`
  const parts = ['train', ...(validates ? ['validation'] : []), ...(tests ? ['test'] : [])]
  return [
    ...plain(
      [
        `  const values = read("${SCRIPT_FILES.x}", ${bytes ? 'Uint8Array' : 'Float32Array'});`,
        `  const x = tf.tensor1d(values, "float32")${shaped(plan.source.shape)};`,
        ...(classes === undefined ? [] : [`  const numbers = read("${SCRIPT_FILES.y}", Int32Array);`]),
        ...(classes !== undefined && outputs > 1
          ? [`  const labels = tf.tensor1d(numbers, "int32")${target.length > 0 ? shaped(target) : ''};`]
          : []),
        `  ${answers}`,
        `  const rows = JSON.parse(readFileSync("${SCRIPT_FILES.parts}", "utf8"));`,
        '  const part = (name) => [x.gather(rows[name]), y.gather(rows[name])];'
      ].join('\n')
    ),
    ...script(
      { settings: parts.map((part) => ({ name: part, value: `part("${part}")` })) },
      { indent: 2, before: 'return ', after: ';' }
    )
  ]
}

function lacking({ schedule, clipping, balanced, patience, restoreBest }: TrainingFacts): readonly string[] {
  return [
    ...(schedule.type === 'constant'
      ? []
      : [`The learning rate stays as it is, without the schedule ${schedules[schedule.type]!.title}.`]),
    ...(clipping.type === 'none'
      ? []
      : [`Slopes are not shortened: TensorFlow.js has nothing like ${clippings[clipping.type]!.title}.`]),
    ...(balanced ? ['Rare classes count no more than others.'] : []),
    ...(patience > 0 && restoreBest ? ['It stops early, and does not go back to the best epoch.'] : [])
  ]
}
