// From a fresh clone to a runnable state, and quick when there is nothing to do.
import fs from 'node:fs/promises'
import { prepareElectron, electronReady } from './electron.mjs'
import { fingerprint, preparePackages } from './packages.mjs'
import { cache, platform, readRecord, recordFile } from './places.mjs'
import { createReport } from './report.mjs'
import { displayMissing, prepareSystem } from './system.mjs'
import { nativeReady, prepareTensorflow } from './tensorflow.mjs'

/** Is everything in place that an earlier set-up put there? */
function nothingToDo(record, fingerprintNow) {
  return (
    record.fingerprint === fingerprintNow &&
    electronReady() &&
    !displayMissing() &&
    (record.engine?.kind === 'wasm' || nativeReady())
  )
}

/**
 * Sets up whatever is missing and returns the record it leaves in node_modules. `retry` tries again for a native
 * engine that could not be had; chatter goes to `stream`.
 */
export async function setup({ stream = process.stdout, retry = false } = {}) {
  const before = readRecord()
  const fingerprintNow = fingerprint()
  if (!retry && nothingToDo(before, fingerprintNow)) return before

  const report = createReport({ stream })
  report.say(`Setting up Netloom for ${platform} (once; about a minute the first time). Cache: ${cache}`)
  const installed = report.step('packages', preparePackages)
  const [packages, electron, engine] = await Promise.allSettled([
    installed,
    report.step('electron', (progress) => prepareElectron(installed, progress, before.electron)),
    report.step('tensorflow', (progress) => prepareTensorflow(installed, progress))
  ])
  // The engine has a fallback; the rest has none.
  const failed = [packages, electron, engine].find(({ status }) => status === 'rejected')
  if (failed) {
    report.close()
    throw failed.reason
  }
  const systemNews = await prepareSystem(() => undefined, report.say)
  if (systemNews) report.say(`  ${'system'.padEnd(12)} ${systemNews.from} · ${systemNews.note}`)

  const { kind, from, reason, remedy } = engine.value
  if (kind === 'wasm') report.say(`  Training will use WebAssembly, which is slower. ${remedy}`)
  const record = {
    fingerprint: fingerprintNow,
    engine: { kind, from, reason, remedy },
    electron: { from: electron.value.from, standIn: electron.value.standIn }
  }
  await fs.writeFile(recordFile, `${JSON.stringify(record, null, 2)}\n`)
  report.say(`Set-up done in ${report.elapsed()}.`)
  report.close()
  return record
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
