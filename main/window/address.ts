import { resolve, sep } from 'node:path'

/** Where the window's page lives. */
export const ORIGIN = 'app://netloom'

/** The file that an address means; undefined where it is none of the page's. */
export function fileFor(folder: string, address: string): string | undefined {
  const { protocol: scheme, host, pathname } = new URL(address)
  if (`${scheme}//${host}` !== ORIGIN) return undefined
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return undefined // a % that encodes nothing
  }
  if (path.includes('\0') || path.includes('\\')) return undefined
  const file = resolve(folder, `.${path === '/' ? '/index.html' : path}`)
  return file.startsWith(folder + sep) ? file : undefined
}
