/** Calls again and again, never while the call before goes on; returns the way to stop. */
export function repeatedly(work: () => Promise<void>, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  const next = async (): Promise<void> => {
    await work()
    if (!stopped) timer = setTimeout(() => void next(), ms)
  }
  timer = setTimeout(() => void next(), ms)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
