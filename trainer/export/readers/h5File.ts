import type { ReadWeight } from './reader'

/** An HDF5 file that h5wasm has opened. */
export interface H5Reader {
  readonly array: (path: string) => ReadWeight | undefined
  /** A text, or a list of texts, beside the group at this path. */
  readonly attribute: (path: string, name: string) => string | readonly string[] | undefined
}

/** Opens an HDF5 file for as long as `use` takes. */
export async function withH5<T>(bytes: Uint8Array, use: (file: H5Reader) => T): Promise<T> {
  const { ready, File } = await import('h5wasm/node')
  const { FS } = await ready
  const name = `/netloom-read-${++opened}.h5`
  FS.writeFile(name, bytes)
  const file = new File(name, 'r')
  try {
    return use({
      array: (path) => {
        const found = file.get(path)
        if (!found || !('shape' in found)) return undefined
        return { shape: found.shape ?? [], values: found.value as Float32Array }
      },
      attribute: (path, name) => {
        const found = path === '' ? file : file.get(path)
        const value = found && 'attrs' in found ? found.attrs[name]?.value : undefined
        return value as string | readonly string[] | undefined
      }
    })
  } finally {
    file.close()
    FS.unlink(name)
  }
}

let opened = 0
