/** Processes that work on a sweep at most. */
const MOST = 16
/** Memory that each of them should have, in bytes. */
const MEMORY = 1.2e9

/** How many processes train at once: as many as there are cores, and as memory and trials allow. */
export function processesFor(
  trials: number,
  { cores, memory }: { readonly cores: number; readonly memory: number }
): number {
  return Math.max(1, Math.min(trials, cores, MOST, Math.floor(memory / MEMORY)))
}
