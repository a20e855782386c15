import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { formats } from '@core/export/formats'
import type { Proof } from '@core/export/proof'
import { fullConfig } from '@core/registry/complete'
import { sizeText } from '@core/words'
import { makeExport } from '../export/job'
import { initialWeights } from '../initialWeights'
import { derivable } from '../model'
import { planSystem } from '@core/graph/plan'
import { requireLibrary } from './dataCommand'
import { readText, writeWhole } from './files'
import type { Options } from './options'
import { loadProject } from './project'
import { setUpTensorflow } from './setUpTensorflow'
import { readWeights } from './weightsFile'
import { badInput, BadInput, table } from './words'

/** `netloom export`: a trained network as files that open elsewhere. */
export async function exportNetwork(options: Options): Promise<number> {
  const format = formatOf(options.format)
  if (options.out === undefined) throw new BadInput('Into which folder? Name it: --out FOLDER.')
  if (existsSync(options.out) && readdirSync(options.out).length > 0)
    throw new BadInput(`The folder ${options.out} is not empty. Name a new one.`)
  const { document, files, checkpoint } = await loadProject(options)
  setUpTensorflow(document, files)
  await requireLibrary(document)
  const derivation = derivable(document, files)
  if (!derivation.ok) throw badInput(derivation.problems)
  const { weights: planned } = planSystem(document, derivation.value)
  if (!checkpoint && options.init === undefined)
    throw new BadInput(
      'This project is not trained yet. Train it first, and keep what it learned: netloom train … --save folder.'
    )
  const start = checkpoint?.tensors ?? initialWeights(planned, document.training.seed)
  const given = options.init === undefined ? [] : readWeights(readText(options.init), options.init, planned)
  const byName = new Map([...start, ...given].map((weight) => [weight.name, weight]))
  const made = await makeExport(
    {
      document,
      files,
      weights: [...byName.values()],
      epoch: checkpoint?.epoch ?? 0,
      history: checkpoint?.history ?? [],
      network: options.network,
      format,
      config: fullConfig(format.fields)
    },
    () => undefined
  )
  if (!made.ok) throw badInput(made.problems)
  const {
    files: written,
    preview: { proof, files: sizes }
  } = made.value
  for (const [name, bytes] of Object.entries(written)) writeWhole(join(options.out, name), bytes)
  if (options.json)
    process.stdout.write(`${JSON.stringify({ event: 'export', format: format.type, files: sizes, proof })}\n`)
  else
    process.stdout.write(
      `${table(sizes.map(({ name, bytes }) => [`  ${name}`, sizeText(bytes)]))}\n${proofText(proof)}\n`
    )
  return 0
}

function formatOf(type: string | undefined) {
  const known = Object.keys(formats).join(', ')
  if (type === undefined) throw new BadInput(`Which format? Name it: --format ${known}.`)
  const format = formats[type]
  if (!format) throw new BadInput(`There is no format ${type}. There are ${known}.`)
  return format
}

/** What was checked, and what was not, in a line each. */
function proofText({ reader, weights, answers, unchecked }: Proof): string {
  return [
    ...(weights === undefined
      ? []
      : [`Read back${reader === undefined ? '' : ` with ${reader}`}: ${weights} weights are the same.`]),
    ...(answers
      ? [
          `Asked ${answers.samples} examples with ${answers.by}: the largest difference is ${answers.difference.toPrecision(2)}.`
        ]
      : []),
    ...(unchecked === undefined ? [] : [unchecked])
  ].join('\n')
}
