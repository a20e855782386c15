import type { GivenSettings, GivenValue } from '../registry/define'
import { fail, ok, type Result } from '../result'
import { isSettings, listAt, settingsAt } from './keras/values'
import type { GivenWeight, ModelFile } from './model'

/** Bytes of a number, by TensorFlow.js' name. Of others there are no weights. */
const BYTES: { readonly [dtype: string]: number } = {
  float32: 4,
  int32: 4,
  uint8: 1,
  uint16: 2,
  bool: 1,
  float16: 2
}

const refused = (message: string, detail: string): Result<never> => fail({ code: 'model', message, detail })

/**
 * A layers model of TensorFlow.js from its model.json. `read` gives the files beside it; their names are plain ones, and
 * lead into no other folder.
 */
export async function readTfjs(
  title: string,
  json: GivenValue,
  read: (name: string) => Promise<Uint8Array>
): Promise<Result<ModelFile>> {
  if (!isSettings(json)) return refused('This file is no model.', 'A model.json of TensorFlow.js is one.')
  if (json['format'] === 'graph-model')
    return refused(
      'This is a graph model of TensorFlow.js, which has operations and no layers.',
      'Export it as a layers model: tensorflowjs_converter --output_format=tfjs_layers_model.'
    )
  const topology = settingsAt(json, 'modelTopology')
  const config = isSettings(topology['model_config']) ? topology['model_config'] : topology
  const weights: GivenWeight[] = []
  for (const group of listAt(json, 'weightsManifest').filter(isSettings)) {
    const found = await weightsOf(group, read)
    if (!found.ok) return found
    weights.push(...found.value)
  }
  return ok({
    title,
    dialect: 'tfjs',
    topology: config,
    compiled: topology['training_config'] ?? json['trainingConfig'] ?? null,
    weights
  })
}

/** The weights of a group: one after the other in files that are one long one. */
async function weightsOf(
  group: GivenSettings,
  read: (name: string) => Promise<Uint8Array>
): Promise<Result<readonly GivenWeight[]>> {
  const files: Uint8Array[] = []
  for (const name of listAt(group, 'paths')) {
    if (typeof name !== 'string' || /[/\\:\0]/.test(name) || /^\.{0,2}$/.test(name))
      return refused(
        `This model wants weights from another folder: ${String(name)}.`,
        'Put its files into one folder.'
      )
    files.push(await read(name))
  }
  const bytes = new Uint8Array(files.reduce((n, { length }) => n + length, 0))
  files.reduce((at, file) => (bytes.set(file, at), at + file.length), 0)
  const view = new DataView(bytes.buffer)
  const weights: GivenWeight[] = []
  let at = 0
  for (const entry of listAt(group, 'weights').filter(isSettings)) {
    const name = String(entry['name'])
    const shape = listAt(entry, 'shape').map(Number)
    const size = shape.reduce((a, b) => a * b, 1)
    const packed = isSettings(entry['quantization']) ? entry['quantization'] : undefined
    const dtype = String(packed?.['dtype'] ?? entry['dtype'])
    const width = BYTES[dtype]
    if (width === undefined || !Number.isInteger(size) || size < 0)
      return refused(
        `The weight ${name} is stored as ${dtype}.`,
        'Netloom reads float32, float16, uint8 and uint16.'
      )
    if (at + size * width > bytes.length)
      return refused(
        `The weight ${name} is not whole.`,
        'The file with the weights ends too early. Copy it again, beside model.json.'
      )
    const scale = Number(packed?.['scale'] ?? 1)
    const least = Number(packed?.['min'] ?? 0)
    const values = new Float32Array(size)
    for (let i = 0; i < size; i++, at += width) values[i] = least + scale * numberAt(view, at, dtype)
    weights.push({ name, shape, values })
  }
  return ok(weights)
}

function numberAt(view: DataView, at: number, dtype: string): number {
  switch (dtype) {
    case 'float32':
      return view.getFloat32(at, true)
    case 'int32':
      return view.getInt32(at, true)
    case 'uint16':
      return view.getUint16(at, true)
    case 'float16':
      return half(view.getUint16(at, true))
    default:
      return view.getUint8(at)
  }
}

/** IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  return exponent === 31
    ? fraction
      ? NaN
      : sign * Infinity
    : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
