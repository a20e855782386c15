import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { folders, tensorflow } from './scripts/build/bundles.mjs'

const resolve = { alias: [...folders, ...tensorflow] }
/** Files that have the app open at a time: it waits for itself most of the time, but needs a core when it starts. */
const WINDOWS = 2
const tests = (folder: string) => [`tests/${folder}/**/*.test.ts`]

export default defineConfig({
  test: {
    projects: [
      { resolve, test: { name: 'core', include: tests('core') } },
      { resolve, test: { name: 'main', include: tests('main') } },
      {
        resolve,
        test: {
          name: 'trainer',
          include: tests('trainer'),
          // One native TensorFlow a process: a second one in a worker thread fails to load.
          pool: 'forks',
          testTimeout: 60_000,
          env: {
            NETLOOM_DATA: join(tmpdir(), 'netloom-test-data'),
            NETLOOM_RUNS: join(tmpdir(), `netloom-test-runs-${process.pid}`),
            TF_CPP_MIN_LOG_LEVEL: '2',
            // By itself TensorFlow goes by the processor.
            TF_ENABLE_ONEDNN_OPTS: process.env['TF_ENABLE_ONEDNN_OPTS'] ?? '0',
            TF_NUM_INTRAOP_THREADS: process.env['TF_NUM_INTRAOP_THREADS'] ?? '1'
          }
        }
      },
      {
        resolve: { alias: folders, conditions: ['browser', 'module', 'development'] },
        plugins: [svelte({ configFile: false })],
        test: {
          name: 'renderer',
          include: tests('renderer'),
          environment: './scripts/build/runesEnvironment.mjs',
          server: { deps: { inline: [/svelte/, 'runed', 'bits-ui'] } }
        }
      },
      {
        resolve,
        test: {
          name: 'setup',
          include: tests('setup'),
          pool: 'forks',
          testTimeout: 120_000,
          hookTimeout: 120_000
        }
      },
      {
        resolve,
        test: {
          name: 'e2e',
          include: tests('e2e'),
          pool: 'forks',
          maxWorkers: WINDOWS,
          // A window on a machine that is busy elsewhere may be late once. The report names what was tried again.
          retry: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 }
        }
      },
      {
        resolve,
        test: {
          name: 'package',
          include: tests('package'),
          pool: 'forks',
          maxWorkers: WINDOWS,
          testTimeout: 300_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 1 }
        }
      }
    ]
  }
})
