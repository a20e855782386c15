// What training loses to a window that looks at it: trainer/bench/views.ts in a process of its own.
import { spawnSync } from 'node:child_process'
import os from 'node:os'
import { build } from 'vite'
import { commandLine } from '../build/bundles.mjs'
import { at } from '../setup/places.mjs'
import { median } from './statistics.mjs'

/** The table of this measurement, as Markdown. `folder` is where the bundles go. */
export async function measureViews(rounds, folder = at('out/bench/views')) {
  await build(commandLine({ worker: at('trainer/views/worker.ts') }, `${folder}/worker`))
  await build(commandLine({ views: at('trainer/bench/views.ts') }, `${folder}/bench`))
  const { stdout } = spawnSync(
    process.execPath,
    [`${folder}/bench/views.cjs`, `${folder}/worker/worker.cjs`, String(rounds)],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        TF_CPP_MIN_LOG_LEVEL: '2',
        TF_NUM_INTRAOP_THREADS: '1',
        TF_NUM_INTEROP_THREADS: '1'
      }
    }
  )
  const rows = stdout
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => row(JSON.parse(line)))
  return [
    `| ${rounds} rounds, medians; ${os.cpus().length} cores | steps a second | looked at | loss | of its own computing | pictures a second | side |`,
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows
  ].join('\n')
}

function row({ title, rounds }) {
  const middle = (of) => median(rounds.map(of))
  const loss = (speed) => middle(({ watched, alone }) => 1 - watched[speed] / alone[speed])
  const share = (value) => (Number.isNaN(value) ? 'not told' : `${(100 * value).toFixed(1)} %`)
  return `| ${[
    title,
    Math.round(middle(({ alone }) => alone.stepsPerSecond)),
    Math.round(middle(({ watched }) => watched.stepsPerSecond)),
    share(loss('stepsPerSecond')),
    share(loss('stepsPerComputedSecond')),
    middle(({ watched }) => watched.picturesPerSecond).toFixed(1),
    Math.round(middle(({ watched }) => watched.side))
  ].join(' | ')} |`
}
