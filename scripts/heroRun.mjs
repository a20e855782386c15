// node scripts/heroRun.mjs: trains the first project anew and keeps some moments of it for the start screen's picture.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildIfStale } from './build.mjs'
import { at, readJson } from './setup/places.mjs'

const epochs = [1, 4, 8, 12, 16, 21, 27, 34, 42, 52, 64, 78, 95, 120, 160, 220, 320, 500, 1000]

await buildIfStale()
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'netloom-hero-'))
// Same seed, same start: the run of 8 epochs is the first part of the run of 14.
const moments = epochs.map((epoch) => {
  const save = path.join(folder, String(epoch))
  const args = ['train', 'two-moons', '--epochs', String(epoch), '--save', save, '--json', '--no-keep']
  const tool = spawnSync(process.execPath, [at('out/cli/netloom.cjs'), ...args], { encoding: 'utf8' })
  if (tool.status !== 0) throw new Error(tool.stderr)
  return { epoch, ...rounded(readJson(path.join(save, 'weights.json'))) }
})
fs.rmSync(folder, { recursive: true })
fs.writeFileSync(
  at('renderer/start/heroRun.json'),
  `[\n${moments.map((moment) => `  ${JSON.stringify(moment)}`).join(',\n')}\n]\n`
)

/** Four digits are more than a picture shows. */
function rounded(weights) {
  return JSON.parse(JSON.stringify(weights), (_key, value) =>
    typeof value === 'number' ? Number(value.toFixed(4)) : value
  )
}
