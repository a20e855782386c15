import type { EpochPoint } from '@core/run/events'
import type { KeptPoint } from '@core/runs/kept'

/** Numbers of a point in the order in which they are written. Their places are the bits of the mask: add at the end. */
const NUMBERS = [
  'step',
  'loss',
  'accuracy',
  'trainLoss',
  'trainAccuracy',
  'valLoss',
  'valAccuracy',
  'ms'
] as const
const RECORDS = ['phases', 'trainMetrics', 'valMetrics'] as const

const NOT_FINITE = ['NaN', 'Infinity', '-Infinity']

/**
 * A point as bytes, without its epoch: which numbers there are (uint16, a bit each), the seconds and those numbers
 * (float64), then the numbers by name as JSON; little endian.
 */
export function packPoint({ point, seconds }: KeptPoint): Buffer {
  const given = NUMBERS.map((name) => point[name])
  const numbers = [seconds, ...given.filter((value) => value !== undefined)]
  const records = Object.fromEntries(
    RECORDS.flatMap((name) => (point[name] === undefined ? [] : [[name, point[name]]]))
  )
  // JSON has no NaN and no infinity.
  const text =
    Object.keys(records).length === 0
      ? ''
      : JSON.stringify(records, (_key, value: unknown) =>
          typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
        )
  const head = Buffer.alloc(2 + 8 * numbers.length)
  head.writeUInt16LE(given.reduce<number>((mask, value, i) => mask | (value === undefined ? 0 : 1 << i), 0))
  numbers.forEach((value, i) => head.writeDoubleLE(value, 2 + 8 * i))
  return text === '' ? head : Buffer.concat([head, Buffer.from(text)])
}

/** The point of these bytes. */
export function unpackPoint(epoch: number, packed: ArrayBuffer | Uint8Array): KeptPoint {
  const bytes = ArrayBuffer.isView(packed) ? Buffer.from(packed) : Buffer.from(packed)
  const mask = bytes.readUInt16LE(0)
  let at = 2
  const next = (): number => {
    at += 8
    return bytes.readDoubleLE(at - 8)
  }
  const seconds = next()
  const numbers = Object.fromEntries(
    NUMBERS.flatMap((name, i) => ((mask & (1 << i)) === 0 ? [] : [[name, next()]]))
  )
  const text = bytes.toString('utf8', at)
  const records =
    text === ''
      ? {}
      : (JSON.parse(text, (_key, value: unknown) =>
          typeof value === 'string' && NOT_FINITE.includes(value) ? Number(value) : value
        ) as object)
  return { point: { epoch, ...numbers, ...records } as EpochPoint, seconds }
}
