import { untrack } from 'svelte'

/**
 * A value that follows another one on animation frames, at most once in `gap` ms. For what is drawn: a burst of
 * messages is one drawing. Call while a component is set up.
 */
export function paced<T>(read: () => T, gap = 0): { readonly current: T } {
  let latest = untrack(read)
  let current = $state.raw(latest)
  let waiting = false
  let last = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const show = (): void => {
    waiting = false
    last = performance.now()
    current = latest
  }
  $effect(() => {
    latest = read()
    if (waiting) return
    waiting = true
    timer = setTimeout(() => requestAnimationFrame(show), Math.max(0, last + gap - performance.now()))
  })
  $effect(() => () => clearTimeout(timer))
  return {
    get current() {
      return current
    }
  }
}
