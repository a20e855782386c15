import type { Config } from '../registry/fields'
import type { ExportFiles, ExportFormat, ExportTools } from './format'
import type { ExportModel } from './model'
import { PREPARE_PY } from './preparePython'
import { readme } from './readme'
import { jsonFile, textFile } from './text'
import type { Example } from './usage'
import { sizeOf } from '../graph/signal'

/** The name of the folder that an export becomes: "two-moons-keras". */
export function folderName(
  { name }: Pick<ExportModel, 'name'>,
  { type }: Pick<ExportFormat, 'type'>
): string {
  return `${name}-${type}`
}

/**
 * All files of an export: those of the model, README.md, and preparation.json with what the numbers of an example and
 * of an answer stand for. The format does not refuse the model.
 */
export async function exportFolder(
  format: ExportFormat,
  model: ExportModel,
  config: Config,
  tools: ExportTools
): Promise<ExportFiles> {
  const files = await format.write(model, config, tools)
  return {
    ...files,
    ...(format.whole ? {} : { 'preparation.json': jsonFile(preparationOf(model)) }),
    ...(model.data.preparation && !format.whole ? { 'prepare.py': textFile(PREPARE_PY) } : {}),
    'README.md': textFile(readme(format, model, config, Object.keys(files), exampleOf(tools.samples, model)))
  }
}

/** The first two of the samples. */
export function exampleOf({ x, rows }: Example, { plan }: Pick<ExportModel, 'plan'>): Example {
  const few = Math.min(2, rows)
  return { x: x.subarray(0, few * sizeOf(plan.source.shape)), rows: few }
}

/** What a program has to know to ask the network: plain JSON. */
export function preparationOf({ data, plan }: ExportModel): object {
  const { features, classes, scale, preparation, plane } = data
  return {
    input: {
      shape: plan.source.shape,
      ...(features.length > 0 ? { numbers: features } : {}),
      ...(scale === 1 ? {} : { pixels: 'numbers from 0 to 255, which the network itself multiplies', scale })
    },
    output: { shape: plan.prediction, ...(classes.length > 0 ? { classes } : {}) },
    ...(plane ? { plane: plane.inputs } : {}),
    ...(preparation ? { table: preparation } : {})
  }
}
