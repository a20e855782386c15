import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandLine } from '../../scripts/build/bundles.mjs'
import { addon, at } from '../../scripts/setup/places.mjs'

const native = existsSync(addon)
const both = { wasm: ['wasm', 60, 6] }
let folder: string

/** Runs the bundle from inside the checkout, or from a copy outside of it. */
function run(file: string, env: Record<string, string> = {}) {
  const output = execFileSync(process.execPath, [file], {
    env: { ...process.env, NETLOOM_ENGINE: '', TF_CPP_MIN_LOG_LEVEL: '2', ...env }
  })
  return JSON.parse(String(output)) as Record<string, unknown>
}

/** The bundle as the packaged app has it: no node_modules above it, engines beside it. */
function installed(addonContent: string | undefined) {
  const place = mkdtempSync(join(tmpdir(), 'netloom-bundle-'))
  cpSync(join(folder, 'engines.cjs'), join(place, 'out/cli/engines.cjs'))
  cpSync(at('node_modules/@tensorflow/tfjs-backend-wasm/dist'), join(place, 'wasm'), {
    recursive: true,
    filter: (name) =>
      !/\.(js|map|d\.ts)$/.test(name) && !/kernel|miniprogram/.test(name.split('dist')[1] ?? '')
  })
  if (addonContent !== undefined) {
    mkdirSync(join(place, 'native/lib/napi-v8'), { recursive: true })
    writeFileSync(join(place, 'native/lib/napi-v8/tfjs_binding.node'), addonContent)
  }
  const facts = run(join(place, 'out/cli/engines.cjs'))
  rmSync(place, { recursive: true, force: true })
  return facts
}

beforeAll(async () => {
  mkdirSync(at('test-results'), { recursive: true })
  folder = mkdtempSync(at('test-results/bundle-'))
  await build(commandLine({ engines: resolve(import.meta.dirname, 'fixtures/engines.ts') }, folder))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('one bundle with both engines', () => {
  test.runIf(native)('native TensorFlow and WebAssembly share one tfjs-core', () => {
    expect(run(join(folder, 'engines.cjs'))).toEqual({
      native: true,
      oneCore: true,
      tensorflow: ['tensorflow', 60, 6],
      back: ['tensorflow', 60],
      ...both
    })
  })

  test('NETLOOM_ENGINE=wasm pretends there is no native library', () => {
    expect(run(join(folder, 'engines.cjs'), { NETLOOM_ENGINE: 'wasm' })).toMatchObject({
      native: false,
      ...both
    })
  })

  test('an absent addon leaves WebAssembly running', () => {
    expect(installed(undefined)).toMatchObject({
      native: false,
      reason: expect.stringContaining('not installed') as string,
      ...both
    })
  })

  test('a broken addon leaves WebAssembly running', () => {
    expect(installed('not a library')).toMatchObject({
      native: false,
      reason: expect.stringContaining('could not be loaded') as string,
      ...both
    })
  })
})
