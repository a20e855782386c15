import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, readRecord } from '../../scripts/setup/places.mjs'

interface SetupRecord {
  readonly engine: {
    readonly kind: string
    readonly from: string
    readonly reason?: string
    readonly remedy?: string
  }
  readonly electron: { readonly from: string; readonly standIn: boolean }
}

/** What this machine's own set-up achieved: the cache is filled with it. */
const machine = readRecord() as SetupRecord
const native = machine.engine.kind === 'native' && machine.electron.standIn
const ownCopies = ['electron', '@tensorflow/tfjs-node']
let checkout: string

/** A checkout whose packages are those of this one, apart from the two that set-up writes into. */
beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'netloom-checkout-'))
  for (const name of ['scripts', 'package.json', 'package-lock.json'])
    cpSync(at(name), join(checkout, name), { recursive: true })
  const modules = (name = '') => join(checkout, 'node_modules', name)
  mkdirSync(modules('@tensorflow'), { recursive: true })
  cpSync(at('node_modules/.package-lock.json'), modules('.package-lock.json'))
  const names = readdirSync(at('node_modules')).filter(
    (name) => !name.startsWith('.') && name !== '@tensorflow'
  )
  const scoped = readdirSync(at('node_modules/@tensorflow')).map((name) => `@tensorflow/${name}`)
  for (const name of [...names, ...scoped].filter((name) => !ownCopies.includes(name)))
    symlinkSync(at('node_modules', name), modules(name))
  for (const name of ownCopies) {
    const source = at('node_modules', name)
    const made = ['dist', 'path.txt', 'deps', 'lib'].map((part) => join(source, part))
    // tfjs-node's own JavaScript is in a `dist`, too
    const skip = name === 'electron' ? made : made.slice(2)
    cpSync(source, modules(name), { recursive: true, filter: (file) => !skip.includes(file) })
  }
})

afterAll(() => rmSync(checkout, { recursive: true, force: true }))

/** Runs set-up in the scratch checkout; never rejects. */
async function setup(args: string[] = [], fail = '') {
  const start = performance.now()
  const { code, output } = await promisify(execFile)(
    process.execPath,
    [join(checkout, 'scripts/setup.mjs'), ...args],
    {
      env: { ...process.env, NETLOOM_SETUP_FAIL: fail }
    }
  ).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr
    })
  )
  return { code, output, milliseconds: performance.now() - start }
}

const record = () =>
  JSON.parse(readFileSync(join(checkout, 'node_modules/.netloom-setup.json'), 'utf8')) as SetupRecord
const addon = () =>
  existsSync(join(checkout, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node'))

// Elsewhere Electron would be downloaded anew.
describe.runIf(native).sequential('set-up in a checkout with npm packages and a filled cache', () => {
  test('no Electron ends it, in words', async () => {
    const { code, output } = await setup([], 'electron')
    expect(code).toBe(1)
    expect(output).toContain('Netloom could not be set up')
    expect(existsSync(join(checkout, 'node_modules/.netloom-setup.json'))).toBe(false)
  })

  test('no native TensorFlow does not: the record says why, and what helps', async () => {
    const { code, output } = await setup([], 'tensorflow')
    expect(code).toBe(0)
    expect(output).toContain('Training will use WebAssembly')
    const { engine, electron } = record()
    expect(engine).toMatchObject({
      kind: 'wasm',
      reason: expect.stringContaining('could not be set up') as string
    })
    expect(engine.remedy).toContain('npm run setup -- --retry')
    expect(electron.standIn).toBe(true)
    expect(addon()).toBe(false)
  })

  test('the next run takes that as settled; --retry tries again', async () => {
    expect((await setup()).output).toBe('Netloom is set up.\n')
    const { code, output } = await setup(['--retry'])
    expect(code).toBe(0)
    expect(output).toMatch(/tensorflow .*cached, checksums match/)
    expect(record().engine).toEqual({ kind: 'native', from: machine.engine.from })
    expect(addon()).toBe(true)
  })

  test('with nothing to do it is quick', async () => {
    const { output, milliseconds } = await setup()
    expect(output).toBe('Netloom is set up.\n')
    // 0.15 s on an idle machine
    expect(milliseconds).toBeLessThan(2000)
  })

  test('what is deleted is put back', async () => {
    rmSync(join(checkout, 'node_modules/electron/path.txt'))
    rmSync(join(checkout, 'node_modules/@tensorflow/tfjs-node/lib'), { recursive: true })
    expect((await setup()).code).toBe(0)
    expect(addon()).toBe(true)
    expect(existsSync(join(checkout, 'node_modules/electron/path.txt'))).toBe(true)
  })
})

test('no file of the project names a registry or a path of one machine', () => {
  const files = readdirSync(at('scripts'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  for (const file of [...files, at('package-lock.json')])
    expect(readFileSync(file, 'utf8'), file).not.toMatch(/registry\.|pypi\.|\/home\/|"resolved"/)
})
