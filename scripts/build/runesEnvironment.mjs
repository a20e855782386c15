// A test environment without a DOM whose modules are compiled as for a window: Svelte's server build, which Vite
// picks for Node, has no effects.
export default {
  name: 'runes',
  viteEnvironment: 'client',
  setup: () => ({ teardown() {} })
}
