import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { expect, test } from 'vitest'
import { at, readRecord } from '../../scripts/setup/places.mjs'

/** Runs one of the project's commands; never rejects. */
function command(script: string, args: string[] = [], env: Record<string, string> = {}) {
  const start = performance.now()
  return new Promise<{ code: number; stdout: string; stderr: string; milliseconds: number }>((resolve) => {
    execFile(
      process.execPath,
      [at('scripts', script), ...args],
      { cwd: at(), env: { ...process.env, ...env } },
      (error, stdout, stderr) => {
        const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0
        resolve({ code, stdout, stderr, milliseconds: performance.now() - start })
      }
    )
  })
}

test('the build says what it was made of', async () => {
  expect((await command('build.mjs')).code).toBe(0)
  const info = JSON.parse(readFileSync(at('out/build-info.json'), 'utf8')) as Record<string, unknown>
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string }
  const { electron, engine } = readRecord() as {
    electron: { from: string; standIn: boolean }
    engine: { from: string }
  }
  expect(info).toMatchObject({
    version,
    electronStandIn: electron.standIn,
    electronFrom: electron.from,
    engineFrom: engine.from
  })
  expect(Number.isNaN(Date.parse(String(info['builtAt'])))).toBe(false)
  expect(existsSync(at('out/.lock'))).toBe(false)
})

test('a build with nothing to do is quick and quiet', async () => {
  const { stdout, stderr, milliseconds } = await command('build.mjs')
  expect(stdout + stderr).toBe('')
  // 0.2 s on an idle machine
  expect(milliseconds).toBeLessThan(2000)
})

test('the command line tool has stdout to itself', async () => {
  const { code, stdout, stderr } = await command('netloom.mjs', ['engines', '--json'])
  expect(code, stderr).toBe(0)
  const lines = stdout.trim().split('\n')
  expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => 'object'))
})

test("the command line tool's exit code and reason come through", async () => {
  const { code, stdout, stderr } = await command('netloom.mjs', ['train', 'no-such-lesson'])
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain('no-such-lesson')
})
