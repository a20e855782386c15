// npm run -s netloom -- <arguments>: the command line tool from a checkout. stdout belongs to the tool alone.
import { spawn } from 'node:child_process'
import os from 'node:os'
import { buildIfStale } from './build.mjs'
import { setupOrExit } from './setup/index.mjs'
import { at } from './setup/places.mjs'

await setupOrExit({ stream: process.stderr })
await buildIfStale(['page', 'cli']).catch((error) => {
  console.error(`Netloom could not be built: ${error.message}`)
  process.exit(1)
})
const tool = spawn(process.execPath, [at('out/cli/netloom.cjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { TF_CPP_MIN_LOG_LEVEL: '2', ...process.env }
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => tool.kill(signal))
tool.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
tool.on('close', (code, signal) => process.exit(code ?? 128 + (os.constants.signals[signal] ?? 0)))
