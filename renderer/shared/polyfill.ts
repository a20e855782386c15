/** Chromium 114 has no Promise.withResolvers, which @xyflow/svelte uses in fitView. */
export function polyfillWithResolvers(): void {
  const P = Promise as unknown as { withResolvers?: () => unknown }
  P.withResolvers ??= function withResolvers<T>(): {
    promise: Promise<T>
    resolve: (value: T) => void
    reject: (reason: unknown) => void
  } {
    let resolve!: (value: T) => void
    let reject!: (reason: unknown) => void
    const promise = new Promise<T>((yes, no) => {
      resolve = yes
      reject = no
    })
    return { promise, resolve, reject }
  }
}
