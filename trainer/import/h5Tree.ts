import type { H5Attribute, H5Dataset, H5Group } from '@core/export/h5'

/** Numbers of all data sets, at most: 1 GB of them. */
const MOST_NUMBERS = 268_435_456
/** Groups and data sets, at most. */
const MOST_ENTRIES = 50_000
const DEEPEST = 32

/** An HDF5 file that is too large, or goes round in circles. */
export class TooMuch extends Error {}

/**
 * A whole HDF5 file: its groups, attributes that are texts, and data sets of real numbers as float32. What is none of
 * these is passed over. Throws where h5wasm cannot read it, and `TooMuch`.
 */
export async function readH5Tree(bytes: Uint8Array): Promise<H5Group> {
  const { ready, File } = await import('h5wasm/node')
  const { FS } = await ready
  const name = `/netloom-open-${++opened}.h5`
  FS.writeFile(name, bytes)
  try {
    const file = new File(name, 'r')
    try {
      if (file.file_id < 0n) throw new Error('it is no HDF5 file')
      return groupOf(file, { numbers: 0, entries: 0 }, 0)
    } finally {
      file.close()
    }
  } finally {
    FS.unlink(name)
  }
}

let opened = 0

interface Spent {
  numbers: number
  entries: number
}
type Readable = import('h5wasm/node').Group

function groupOf(group: Readable, spent: Spent, depth: number): H5Group {
  if (depth > DEEPEST) throw new TooMuch('its groups go round in a circle')
  const groups: Record<string, H5Group> = {}
  const datasets: Record<string, H5Dataset> = {}
  for (const name of group.keys()) {
    if (++spent.entries > MOST_ENTRIES) throw new TooMuch('it has too many parts')
    const found = group.get(name)
    if (!found) continue
    if ('keys' in found) groups[name] = groupOf(found, spent, depth + 1)
    else if ('dtype' in found) {
      const { shape, dtype } = found
      // Counters and states of random numbers are no weights.
      if (!shape || typeof dtype !== 'string' || !/^[<>|=]?f[248]$|^[<>|=]?[bhilqBHILQefd]$/.test(dtype))
        continue
      spent.numbers += shape.reduce((a, b) => a * b, 1)
      if (spent.numbers > MOST_NUMBERS) throw new TooMuch('it holds more than 1 GB of weights')
      const { value } = found
      const values = typeof value === 'number' ? [value] : value
      if (ArrayBuffer.isView(values) || Array.isArray(values))
        datasets[name] = { shape, values: Float32Array.from(values as ArrayLike<number>) }
    }
  }
  return { attributes: attributesOf(group), groups, datasets }
}

function attributesOf(group: Readable): { readonly [name: string]: H5Attribute } {
  return Object.fromEntries(
    Object.entries(group.attrs).flatMap(([name, attribute]): [string, H5Attribute][] => {
      const { value } = attribute
      if (typeof value === 'string') return [[name, value]]
      return Array.isArray(value) && value.every((one) => typeof one === 'string') ? [[name, value]] : []
    })
  )
}
