// npm start [-- arguments for the app]: sets up and builds what is missing, and opens the app.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { buildIfStale } from './build.mjs'
import { openDisplay, sandboxArgs, sandboxProblem } from './display.mjs'
import { setupOrExit } from './setup/index.mjs'
import { at, electronProgram } from './setup/places.mjs'

// What Chromium says about a machine without a desktop bus and a graphics card is no news on a virtual display.
const noise = /^\[\d+:\d+\/[\d.]+:(ERROR|WARNING):(bus|viz_main_impl|command_buffer_proxy_impl|gpu_)/

const args = process.argv.slice(2)
await setupOrExit()
await buildIfStale().catch((error) => {
  console.error(`Netloom could not be built: ${error.message}`)
  process.exit(1)
})

const display = await openDisplay()
const env = { ...process.env, ...display.env }
delete env.ELECTRON_RUN_AS_NODE
if (display.virtual || args.includes('--smoke')) env.NETLOOM_SCREENSHOT ??= at('out/window.png')
if (display.virtual) {
  console.log(`There is no display here: the window opens on a virtual one (Xvfb, ${display.env.DISPLAY}).`)
  console.log(`Its picture is kept in ${env.NETLOOM_SCREENSHOT}`)
}
if (sandboxArgs.length) console.error(`Chromium's sandbox is off: ${sandboxProblem()}.`)

const switches = display.virtual ? [...sandboxArgs, '--disable-gpu'] : sandboxArgs
const app = spawn(electronProgram, [...switches, at(), ...args], {
  stdio: ['inherit', 'inherit', display.virtual ? 'pipe' : 'inherit'],
  env
})
if (app.stderr)
  createInterface({ input: app.stderr }).on('line', (line) => {
    if (!noise.test(line)) process.stderr.write(`${line}\n`)
  })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => app.kill(signal))
app.on('error', (error) => {
  console.error(`Electron could not be started: ${error.message}`)
  display.close()
  process.exit(1)
})
app.on('close', (code) => {
  display.close()
  process.exit(code ?? 1)
})
