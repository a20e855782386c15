import { z } from 'zod'
import { sizeOf } from '../graph/signal'
import { fail, ok, type Result } from '../result'
import { epochSchema, type EpochPoint } from './events'

/** Values of one weight, or of one thing an optimizer remembers about it. */
export interface NamedTensor {
  /** node/weight, or node/weight/slot. */
  readonly name: string
  readonly shape: readonly number[]
  /** Row-major. */
  readonly values: Float32Array
}

/** Everything a run needs to go on as if it had never stopped. */
export interface Checkpoint {
  /** `structureKey` of the document it belongs to. */
  readonly structure: string
  /** The kept run that got there; undefined where none was kept. */
  readonly run?: string | undefined
  readonly epoch: number
  readonly step: number
  readonly history: readonly EpochPoint[]
  readonly tensors: readonly NamedTensor[]
}

const headerSchema = z.strictObject({
  format: z.literal('netloom-checkpoint'),
  version: z.literal(1),
  structure: z.string(),
  run: z.string().optional(),
  epoch: z.int().nonnegative(),
  step: z.int().nonnegative(),
  history: z.array(epochSchema),
  tensors: z.array(z.strictObject({ name: z.string(), shape: z.array(z.int().nonnegative()) }))
})

const MAGIC = 'NLCK'
const HEADER_AT = 12

// JSON has no NaN and no infinity; the curves of a training that diverged have both.
const NOT_FINITE = ['NaN', 'Infinity', '-Infinity']
const toJson = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
const measures = epochSchema.unwrap().shape
const fromJson = (key: string, value: unknown): unknown =>
  typeof value === 'string' && NOT_FINITE.includes(value) && Object.hasOwn(measures, key)
    ? Number(value)
    : value

/**
 * One block of bytes: "NLCK", the header's length and a checksum of all that follows (uint32), the header as JSON,
 * float32 values; little endian.
 */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { tensors, ...rest } = checkpoint
  for (const { name, shape, values } of tensors)
    if (values.length !== sizeOf(shape))
      throw new Error(`${name} has ${values.length} values, but the shape ${shape.join(' × ')}.`)
  const header = encodeText(
    JSON.stringify(
      {
        format: 'netloom-checkpoint',
        version: 1,
        ...rest,
        tensors: tensors.map(({ name, shape }) => ({ name, shape }))
      },
      toJson
    )
  )
  const floats = tensors.reduce((n, t) => n + t.values.length, 0)
  const bytes = new Uint8Array(HEADER_AT + header.length + 4 * floats)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < 4; i++) bytes[i] = MAGIC.charCodeAt(i)
  view.setUint32(4, header.length, true)
  bytes.set(header, HEADER_AT)
  let at = HEADER_AT + header.length
  for (const tensor of tensors)
    for (const value of tensor.values) {
      view.setFloat32(at, value, true)
      at += 4
    }
  view.setUint32(8, checksum(bytes), true)
  return bytes
}

/** A checkpoint from its bytes; nothing is half read. */
export function decodeCheckpoint(bytes: Uint8Array): Result<Checkpoint> {
  const broken = (why: string): Result<Checkpoint> =>
    fail({ code: 'broken-checkpoint', message: `The saved training state cannot be read: ${why}.` })
  if (bytes.length < HEADER_AT || String.fromCharCode(...bytes.subarray(0, 4)) !== MAGIC)
    return broken('it is not a training state')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.getUint32(4, true)
  if (HEADER_AT + length > bytes.length) return broken('it ends in the middle')
  if (view.getUint32(8, true) !== checksum(bytes)) return broken('it is damaged')
  let json: unknown
  try {
    json = JSON.parse(decodeText(bytes.subarray(HEADER_AT, HEADER_AT + length)), fromJson)
  } catch (error) {
    return broken((error as Error).message)
  }
  const header = headerSchema.safeParse(json)
  if (!header.success) {
    const { path, message } = header.error.issues[0]!
    return broken(`its ${path.join('.') || 'description'} is wrong (${message})`)
  }
  const floats = header.data.tensors.reduce((n, t) => n + sizeOf(t.shape), 0)
  if (bytes.length !== HEADER_AT + length + 4 * floats) return broken('it has the wrong length')
  let at = HEADER_AT + length
  const tensors = header.data.tensors.map(({ name, shape }) => {
    const values = new Float32Array(sizeOf(shape))
    for (let i = 0; i < values.length; i++, at += 4) values[i] = view.getFloat32(at, true)
    return { name, shape, values }
  })
  const { structure, run, epoch, step, history } = header.data
  return ok({ structure, ...(run === undefined ? {} : { run }), epoch, step, history, tensors })
}

/** FNV-1a over what follows it. A zip holds checksums, but what unpacks it here does not look at them. */
function checksum(bytes: Uint8Array): number {
  let h = 0x811c9dc5
  for (let i = HEADER_AT; i < bytes.length; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193)
  return h >>> 0
}

// TextEncoder is neither JavaScript nor part of this folder's platform-free types; escapes keep JSON in ASCII.
function encodeText(text: string): Uint8Array {
  const ascii = text.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return Uint8Array.from(ascii, (c) => c.charCodeAt(0))
}

function decodeText(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return text
}
