import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDisplay, sandboxArgs } from '../../scripts/display.mjs'
import { at, readRecord } from '../../scripts/setup/places.mjs'

const linux = process.platform === 'linux'
const native = (readRecord() as { engine: { kind: string } }).engine.kind === 'native'
const library = 'resources/native/deps/lib/libtensorflow_framework.so.2'

let files: string[] = []
let folder = ''
let app: string

/** Runs a program of the installed app; resolves to its exit code and what it printed. */
function run(program: string, args: string[], env: Record<string, string> = {}, seconds = 180) {
  // As on a computer where nothing of this checkout's set-up is known.
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(NETLOOM|TF|ELECTRON)_/.test(name))
  )
  return new Promise<{ code: number; output: string }>((resolve) => {
    execFile(
      join(app, program),
      args,
      {
        cwd: folder,
        env: { ...clean, NETLOOM_RUNS: join(folder, 'runs'), ...env },
        timeout: seconds * 1000,
        maxBuffer: 1 << 26
      },
      (error, stdout, stderr) => {
        const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0
        resolve({ code, output: `${stdout}\n${stderr}` })
      }
    )
  })
}

const file = (ending: string) => at('release', files.find((name) => name.endsWith(ending)) ?? `no ${ending}`)

describe.runIf(linux)('the packaged app', () => {
  beforeAll(() => {
    execFileSync(process.execPath, [at('scripts/package.mjs'), '--fast'], {
      cwd: at(),
      stdio: ['ignore', 2, 2]
    })
    files = readdirSync(at('release'))
    // Away from the checkout, whose node_modules would otherwise stand in for what is missing.
    folder = mkdtempSync(join(tmpdir(), 'netloom-installed-'))
    execFileSync('tar', ['-xzf', file('.tar.gz'), '-C', folder])
    app = join(folder, readdirSync(folder)[0])
  })

  afterAll(() => {
    if (folder) rmSync(folder, { recursive: true, force: true })
  })

  test('is there unpacked, as .tar.gz and as .deb', () => {
    expect(files).toContain('linux-unpacked')
    expect(existsSync(file('.tar.gz'))).toBe(true)
    expect(existsSync(file('.deb'))).toBe(true)
  })

  test('contains both engines and nothing that is for development only', () => {
    expect(existsSync(join(app, library))).toBe(native)
    expect(readdirSync(join(app, 'resources/wasm'))).toHaveLength(3)
    expect(readdirSync(join(app, 'resources/mnist'))).toHaveLength(4)
    expect(existsSync(join(app, 'resources/default_app.asar'))).toBe(false)
    expect(existsSync(join(app, 'LICENSE.netloom.txt'))).toBe(true)
  })

  test('its Debian package puts everything in its place', () => {
    const fields = String(execFileSync('dpkg-deb', ['--field', file('.deb')]))
    expect(fields).toMatch(/^Package: netloom$/m)
    expect(fields).toMatch(/^Version: \d+\.\d+\.\d+$/m)
    expect(fields).toMatch(/^Depends: .*libgtk-3-0/m)
    const contents = String(execFileSync('dpkg-deb', ['--contents', file('.deb')], { maxBuffer: 1 << 26 }))
    for (const path of [
      './usr/bin/netloom -> ../../opt/Netloom/netloom',
      './usr/bin/netloom-cli -> ../../opt/Netloom/netloom-cli',
      './usr/share/applications/netloom.desktop',
      './usr/share/icons/hicolor/256x256/apps/netloom.png',
      ...(native ? [`./opt/Netloom/${library}`] : [])
    ])
      expect(contents).toContain(path)
    // Chromium's sandbox helper works only so
    expect(contents).toMatch(/^-rwsr-xr-x root\/root .*chrome-sandbox$/m)
  })

  test('its fuses are set', () => {
    const fuses = String(
      execFileSync(process.execPath, [
        at('node_modules/@electron/fuses/dist/bin.js'),
        'read',
        '--app',
        join(app, 'netloom')
      ])
    )
    expect(fuses).toMatch(/RunAsNode is Enabled/)
    expect(fuses).toMatch(/EnableNodeOptionsEnvironmentVariable is Disabled/)
    expect(fuses).toMatch(/EnableNodeCliInspectArguments is Disabled/)
    expect(fuses).toMatch(/OnlyLoadAppFromAsar is Enabled/)
  })

  test('it starts, trains in its window, and ends with success', async () => {
    const display = await openDisplay()
    const screenshot = join(folder, 'window.png')
    const { code, output } = await run(
      'netloom',
      [...sandboxArgs, '--disable-gpu', `--user-data-dir=${join(folder, 'user')}`, '--smoke'],
      { ...display.env, NETLOOM_SCREENSHOT: screenshot }
    )
    display.close()
    expect(code, output).toBe(0)
    // how well it does is for tests/e2e: here, that it did
    expect(output).toMatch(/accuracy [01]\.\d+/)
    expect(statSync(screenshot).size).toBeGreaterThan(10_000)
    expect(readFileSync(screenshot).subarray(1, 4).toString()).toBe('PNG')
  })

  test('its command line tool trains, too', async () => {
    const engines = await run('netloom-cli', ['engines'])
    expect(engines.code, engines.output).toBe(0)
    if (native) expect(engines.output).toMatch(/native/i)
    for (const engine of [...(native ? ['native'] : []), 'wasm', 'fused']) {
      const training = await run('netloom-cli', [
        ...['train', 'moons-tanh3', '--epochs', '3', '--json'],
        ...['--engine', engine]
      ])
      expect(training.code, training.output).toBe(0)
      expect(training.output).toMatch(new RegExp(`"event":"done".*"engine":"${engine}`))
    }
  })
})
