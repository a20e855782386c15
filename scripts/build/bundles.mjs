// What the Electron bundles, the command line bundle and the tests share: aliases and output rules.
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const at = (...parts) => path.join(root, ...parts)

/** Folder aliases, known to every bundle and to the tests. */
export const folders = [
  { find: '@core', replacement: at('core') },
  { find: '@renderer', replacement: at('renderer') },
  { find: '@trainer', replacement: at('trainer') }
]

// tfjs-node is ES5 and cannot extend the ES2017 classes of the packages' `module` builds: it would throw
// "Class constructor cannot be invoked without 'new'" and run on the slow `cpu` backend without a word.
// Naming each package's `main` file also keeps tfjs-core a single instance for every backend.
const nodeBuilds = {
  tfjs: 'tf.node.js',
  'tfjs-core': 'tf-core.node.js',
  'tfjs-layers': 'tf-layers.node.js',
  'tfjs-converter': 'tf-converter.node.js',
  'tfjs-data': 'tf-data.node.js',
  'tfjs-backend-cpu': 'tf-backend-cpu.node.js',
  'tfjs-backend-webgl': 'tf-backend-webgl.node.js',
  'tfjs-backend-wasm': 'tf-backend-wasm.node.js'
}

/** TensorFlow.js as Node loads it, one file a package. */
export const tensorflow = Object.entries(nodeBuilds).map(([name, file]) => ({
  find: new RegExp(`^@tensorflow/${name}$`),
  replacement: at('node_modules/@tensorflow', name, 'dist', file)
}))

/** In a bundle there is no package.json beside tfjs-node: trainer/nativeAddon.ts says where its addon is. */
export const addonFinder = [{ find: '@mapbox/node-pre-gyp', replacement: at('trainer/nativeAddon.ts') }]

/** Electron 25 (Node 18) loads main, preload and utility entries as CommonJS only. */
export const nodeTarget = 'node18'
export const chromeTarget = 'chrome114'

/**
 * One self-contained CommonJS file an entry: lazily imported packages stay lazy, but inside it.
 * @param {Record<string, string>} names file names by entry, where the entry's own name will not do
 * @returns {import('rolldown').OutputOptions}
 */
export function cjsOutput(names = {}) {
  /** @param {{ facadeModuleId?: string | null }} chunk */
  const fileName = (chunk) => {
    const entry = path.relative(root, chunk.facadeModuleId ?? '').replaceAll(path.sep, '/')
    return names[entry] ?? '[name].cjs'
  }
  return { format: 'cjs', entryFileNames: fileName, chunkFileNames: fileName, codeSplitting: false }
}

/** Compiling TensorFlow.js takes its time; that is no news. */
export const checks = { pluginTimings: false }

/**
 * The program of exported pages, for every browser of the last years: one script and one style sheet, kept in memory.
 * @returns {import('vite').InlineConfig}
 */
export const pageProgram = () => ({
  configFile: false,
  logLevel: 'warn',
  root,
  resolve: { alias: folders },
  plugins: [svelte({ configFile: false, onwarn: () => undefined })],
  build: {
    write: false,
    target: ['chrome100', 'firefox100', 'safari15.4'],
    cssCodeSplit: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: { page: at('page/main.ts') }, output: { format: 'iife' }, checks }
  }
})

/**
 * The command line tool: the trainer's code in one file that plain Node runs.
 * @param {Record<string, string>} input entry files by name
 * @param {string} outDir
 * @returns {import('vite').InlineConfig}
 */
export const commandLine = (input = { netloom: at('trainer/cli.ts') }, outDir = at('out/cli')) => ({
  configFile: false,
  logLevel: 'warn',
  root,
  resolve: { alias: [...folders, ...tensorflow, ...addonFinder] },
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir,
    emptyOutDir: true,
    target: nodeTarget,
    minify: false,
    rolldownOptions: { input, output: cjsOutput(), checks }
  }
})
