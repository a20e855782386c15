import path from 'node:path'
import { defineConfig } from 'eslint/config'
import { createNodeResolver, importX } from 'eslint-plugin-import-x'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import tseslint from 'typescript-eslint'

const typed = ['**/*.ts', '**/*.svelte', '**/*.svelte.ts']

const places = ['core', 'main', 'page', 'preload', 'renderer', 'trainer', 'tests', 'scripts']

/**
 * The import rules of one folder: which packages it may import, which of them only as types, and that no path leads
 * into another process's folder. Of `bundles` it may import the path, never the code.
 */
function boundary(folder, { packages = [], types = [], folders = ['core'], bundles = [] }) {
  const own = [folder, ...folders]
  const allowed = [...packages, ...types, ...own.map((name) => `@${name}/`), '\\.{1,2}(/|$)'].join('|')
  const patterns = [
    { regex: `^(?!${allowed})`, message: `${folder}/ may not use this package (docs/architecture.md).` }
  ]
  if (types.length)
    patterns.push({ regex: `^(${types.join('|')})`, allowTypeImports: true, message: 'Only `import type`.' })
  const zones = places
    .filter((name) => !own.includes(name))
    .map((name) => ({
      target: `./${folder}`,
      from: `./${name}`,
      except: bundles
        .filter((bundle) => bundle.startsWith(`${name}/`))
        .map((bundle) => `./${path.posix.relative(name, bundle)}.ts?modulePath`),
      message: `${folder}/ may not reach into another process's folder (docs/architecture.md).`
    }))
  return {
    files: [`${folder}/**/*.{ts,svelte}`],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }]
    }
  }
}

const node = ['node:']
const tensorflow = ['@tensorflow/']

export default defineConfig(
  { ignores: ['node_modules', 'out', 'release', 'test-results', '.ci', 'tests/oracles', 'assets'] },
  tseslint.configs.recommended,
  svelte.configs.recommended,
  {
    files: typed,
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte']
      }
    },
    rules: {
      // The compiler knows every name.
      'no-undef': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true }
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error'
    }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    // Sets and maps that live inside a function or are never shown need no reactivity.
    rules: { 'svelte/prefer-svelte-reactivity': 'off' }
  },
  {
    files: ['**/*.{ts,svelte,mjs,js}'],
    plugins: { 'import-x': importX },
    settings: {
      // components are left out: cycles are looked for among modules
      'import-x/extensions': ['.ts', '.mjs', '.js'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.mts'] },
      'import-x/resolver-next': [
        createNodeResolver({
          extensions: ['.ts', '.svelte.ts', '.svelte', '.mjs', '.js'],
          tsconfig: { configFile: `${import.meta.dirname}/tsconfig.base.json` }
        })
      ]
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-default-export': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-constant-binary-expression': 'error',
      'no-dupe-else-if': 'error',
      'no-duplicate-case': 'error',
      'no-fallthrough': 'error',
      'no-self-assign': 'error',
      'no-sparse-arrays': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-escape': 'error',
      'no-prototype-builtins': 'error',
      'no-control-regex': 'error',
      'no-async-promise-executor': 'error',
      'no-loss-of-precision': 'error',
      'no-useless-catch': 'error',
      'no-unsafe-optional-chaining': 'error',
      'no-alert': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
    }
  },
  {
    // A registry object is its file's default export; so is a component and what a tool loads by file name.
    files: [
      'core/registry/**/*.ts',
      'core/export/formats/**/*.ts',
      '**/*.svelte',
      '*.config.{ts,js}',
      'scripts/**/*.cjs',
      'scripts/build/*Environment.mjs'
    ],
    rules: { 'import-x/no-default-export': 'off' }
  },
  {
    files: ['scripts/**', '*.config.{ts,js}'],
    languageOptions: { globals: globals.node },
    rules: { 'no-undef': 'error', '@typescript-eslint/no-require-imports': 'off' }
  },
  boundary('core', {
    packages: ['zod(/|$)', 'fflate(/|$)', 'flatbuffers$', 'papaparse$'],
    types: ['@tensorflow/tfjs-core$'],
    folders: []
  }),
  boundary('preload', { packages: ['electron$'] }),
  boundary('renderer', {
    packages: [
      'svelte(/|$)',
      '@xyflow/',
      '@lucide/svelte',
      'bits-ui',
      'chart\\.js',
      'zod(/|$)',
      'fflate(/|$)',
      'papaparse$',
      '@fontsource-variable/'
    ]
  }),
  // A page runs what trains and draws in the app itself.
  boundary('page', {
    packages: ['svelte(/|$)', ...tensorflow],
    folders: ['core', 'renderer', 'trainer']
  }),
  boundary('main', {
    packages: ['electron(/|$)', ...node, 'zod(/|$)', 'fflate(/|$)'],
    bundles: [
      'trainer/main',
      'trainer/export/main',
      'trainer/views/worker',
      'trainer/runs/main',
      'trainer/race/main',
      'trainer/sweep/main',
      'trainer/runs/rerunMain',
      'trainer/data/main',
      'trainer/data/importWorker',
      'trainer/data/pictures/worker'
    ]
  }),
  boundary('trainer', {
    packages: [
      ...node,
      ...tensorflow,
      'zod(/|$)',
      'fast-png$',
      'fflate(/|$)',
      'papaparse$',
      'modern-gif$',
      'onnxruntime-web/wasm$',
      'read-excel-file/universal$'
    ],
    types: ['@napi-rs/image$', 'libsql$']
  })
)
