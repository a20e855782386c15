import type { ExportFiles, ExportTools } from '../../format'
import type { ExportModel } from '../../model'
import { kerasNetwork } from '../../keras/network'
import { textFile } from '../../text'
import { nest, type Nested } from '../../weights'
import { unwrap } from '../../../result'
import { SCRIPT_FILES } from '../files'

/** What a program in JavaScript reads: weights by layer, examples with the app's answers, and all of the data. */
export function dataFiles(
  model: ExportModel,
  tools: Pick<ExportTools, 'samples' | 'answers' | 'start' | 'dataset'>
): ExportFiles {
  const { plan } = model
  const { x, rows } = tools.samples
  const samples = {
    x: nest(x, [rows, ...plan.source.shape]),
    answers: nest(tools.answers(), [rows, ...plan.prediction])
  }
  const files = {
    [SCRIPT_FILES.weights]: weightsFile(model),
    [SCRIPT_FILES.samples]: json(samples)
  }
  const start = tools.start()
  if (!start) return files
  const data = tools.dataset
  const parts = Object.entries(data.parts).map(([part, numbers]) => [part, Array.from(numbers)] as const)
  return {
    ...files,
    [SCRIPT_FILES.start]: weightsFile({ ...model, values: start }),
    [SCRIPT_FILES.parts]: json(Object.fromEntries(parts)),
    [SCRIPT_FILES.x]: bytesOf(data.x),
    ...(data.y ? { [SCRIPT_FILES.y]: bytesOf(data.y) } : {})
  }
}

/** {layer: {weight: numbers}}, each layer's weights in the order in which setWeights takes them. */
function weightsFile(model: ExportModel): Uint8Array {
  const { nodes } = unwrap(kerasNetwork(model, 'tfjs'))
  const layers: Record<string, Record<string, Nested>> = {}
  for (const { name, weights } of nodes)
    if (weights.length > 0)
      layers[name] = Object.fromEntries(
        weights.map(({ place, shape, values }) => [place, nest(values, shape)])
      )
  return json(layers)
}

/** As they lie in memory: little endian, as everywhere where this runs. */
function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int32Array | Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength).slice()
}

function json(value: object): Uint8Array {
  return textFile(JSON.stringify(value))
}
