import type { H5Group } from '@core/export/h5'

/** An HDF5 file, made by h5wasm: it keeps files in a memory of its own. */
export async function h5Writer(): Promise<(root: H5Group) => Uint8Array> {
  const { ready, File } = await import('h5wasm/node')
  const { FS } = await ready
  let made = 0
  return (root) => {
    const name = `/netloom-${++made}.h5`
    const file = new File(name, 'w')
    fill(file, root)
    file.close()
    const bytes = FS.readFile(name).slice()
    FS.unlink(name)
    return bytes
  }
}

type Writable = import('h5wasm/node').Group

function fill(group: Writable, { attributes = {}, groups = {}, datasets = {} }: H5Group): void {
  for (const [name, value] of Object.entries(attributes))
    group.create_attribute(name, value as string | string[])
  for (const [name, { shape, values }] of Object.entries(datasets))
    group.create_dataset({ name, data: values, shape: [...shape], dtype: '<f4' })
  for (const [name, child] of Object.entries(groups)) fill(group.create_group(name), child)
}
