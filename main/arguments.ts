import { resolve } from 'node:path'

/** The project named on the command line, as a whole path. */
export function fileArgument(argv: readonly string[], folder: string): string | undefined {
  const named = argv.slice(1).find((arg) => !arg.startsWith('-') && /\.(netloom|keras|h5)$/i.test(arg))
  return named === undefined ? undefined : resolve(folder, named)
}
