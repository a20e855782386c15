import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import {
  addonFinder,
  checks,
  chromeTarget,
  cjsOutput,
  folders,
  nodeTarget,
  tensorflow
} from './scripts/build/bundles.mjs'

const at = (...parts: string[]) => resolve(import.meta.dirname, ...parts)

export default defineConfig({
  main: {
    resolve: { alias: [...folders, ...tensorflow, ...addonFinder] },
    build: {
      outDir: at('out/main'),
      target: nodeTarget,
      sourcemap: true,
      externalizeDeps: false,
      // One input only: main/index.ts imports '../trainer/main?modulePath', which becomes a bundle of its own, and
      // so does the view worker. As further inputs their helpers would be shared, and main would load TensorFlow
      // into its own process.
      rolldownOptions: {
        input: { index: at('main/index.ts') },
        output: cjsOutput({
          'trainer/main.ts': 'trainer.cjs',
          'trainer/views/worker.ts': 'viewWorker.cjs',
          'trainer/data/main.ts': 'data.cjs',
          'trainer/export/main.ts': 'export.cjs',
          'trainer/runs/main.ts': 'runs.cjs',
          'trainer/runs/rerunMain.ts': 'rerun.cjs',
          'trainer/race/main.ts': 'race.cjs',
          'trainer/sweep/main.ts': 'sweep.cjs',
          'trainer/data/importWorker.ts': 'importWorker.cjs',
          'trainer/data/pictures/worker.ts': 'pictures.cjs'
        }),
        checks
      }
    }
  },
  preload: {
    resolve: { alias: folders },
    build: {
      outDir: at('out/preload'),
      target: nodeTarget,
      externalizeDeps: false,
      // A sandboxed preload cannot load chunks: one file.
      rolldownOptions: { input: { index: at('preload/index.ts') }, output: cjsOutput(), checks }
    }
  },
  renderer: {
    root: at('renderer'),
    resolve: { alias: folders },
    // svelte-check reports warnings
    plugins: [svelte({ configFile: false, onwarn: () => undefined })],
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      // The policy of the page allows no fonts from data: addresses.
      assetsInlineLimit: 0,
      target: chromeTarget,
      rolldownOptions: { input: { index: at('renderer/index.html') }, checks }
    }
  }
})
