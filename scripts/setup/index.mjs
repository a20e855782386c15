// From a fresh clone to a runnable state, and quick when there is nothing to do.
import fs from 'node:fs/promises'
import { prepareElectron, electronReady } from './electron.mjs'
import { fingerprint, preparePackages } from './packages.mjs'
import { cache, platform, readRecord, recordFile } from './places.mjs'
import { createReport } from './report.mjs'
import { displayMissing, prepareSystem } from './system.mjs'
import { nativeReady, prepareTensorflow } from './tensorflow.mjs'

/** Is everything in place that an earlier set-up put there? */
const inPlace = (record) =>
  record.fingerprint === fingerprint() && electronReady() && (record.engine?.kind === 'wasm' || nativeReady())

/** What belongs to the checkout: packages, Electron, engine. */
async function prepareCheckout(report, retry) {
  report.say(`Setting up Netloom for ${platform} (once; about a minute the first time). Cache: ${cache}`)
  const installed = report.step('packages', preparePackages)
  const [packages, electron, engine] = await Promise.allSettled([
    installed,
    report.step('electron', (progress) => prepareElectron(installed, progress, retry)),
    report.step('tensorflow', (progress) => prepareTensorflow(installed, progress))
  ])
  // The engine has a fallback; the rest has none.
  const failed = [packages, electron, engine].find(({ status }) => status === 'rejected')
  if (failed) throw failed.reason
  const { kind, from, reason, remedy } = engine.value
  if (kind === 'wasm') report.say(`  Training will use WebAssembly, which is slower. ${remedy}`)
  return {
    fingerprint: fingerprint(),
    engine: { kind, from, reason, remedy },
    electron: { from: electron.value.from, standIn: electron.value.standIn }
  }
}

/**
 * Sets up whatever is missing and returns the record it leaves in node_modules. `retry` tries again for what
 * could not be had from where it should come; chatter goes to `stream`.
 */
export async function setup({ stream = process.stdout, retry = false } = {}) {
  const before = readRecord()
  const checkoutDone = !retry && inPlace(before)
  if (checkoutDone && before.system === 'complete' && !displayMissing()) return before

  const report = createReport({ stream })
  try {
    const record = checkoutDone ? before : await prepareCheckout(report, retry)
    const system = await report.step('system', (progress) => prepareSystem(progress, report.say))
    const complete = { ...record, system: system.complete ? 'complete' : 'incomplete' }
    await fs.writeFile(recordFile, `${JSON.stringify(complete, null, 2)}\n`)
    if (!checkoutDone) report.say(`Set-up done in ${report.elapsed()}.`)
    return complete
  } finally {
    report.close()
  }
}

/** setup() for the commands: a failure is told in a few lines, and ends the command. */
export async function setupOrExit(options) {
  try {
    return await setup(options)
  } catch (error) {
    console.error(`\nNetloom could not be set up: ${error.message}`)
    process.exit(1)
  }
}
