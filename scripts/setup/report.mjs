// One line a step, and on a terminal one live line below them with what is under way.

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`

/** Bytes as people read them: `102 MB`. */
export function size(bytes) {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} kB`
}

const bar = (share, width = 14) => {
  const full = Math.round(Math.min(1, share) * width)
  return `[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${String(Math.floor(Math.min(1, share) * 100)).padStart(2)} %`
}

/** A report on one set-up. `stream` is stderr where stdout belongs to the caller's own output. */
export function createReport({ stream = process.stdout, quiet = false } = {}) {
  const started = Date.now()
  const active = new Map()
  const told = new WeakSet()
  let timer
  const live = stream.isTTY && !quiet

  function draw() {
    if (!live || active.size === 0) return
    const parts = [...active].map(([name, { since, share, what }]) =>
      share === undefined
        ? `${name}: ${what} ${Math.round((Date.now() - since) / 1000)} s`
        : `${name} ${bar(share())}`
    )
    stream.write(`\r\x1b[2K${parts.join('  ').slice(0, (stream.columns ?? 80) - 1)}`)
  }

  function say(text) {
    if (quiet) return
    if (live) stream.write('\r\x1b[2K')
    stream.write(`${text}\n`)
    draw()
  }

  return {
    say,
    /** How long the whole report has been going on. */
    elapsed: () => seconds(Date.now() - started),
    /**
     * Runs one step and says how it ended. `work` gets `progress(what, share?)` for the live line, with
     * `progress.wait(promise)` for another step's time, which is not counted here. It returns { from, bytes?, note? }.
     */
    async step(name, work) {
      let since = Date.now()
      const progress = (what, share) => {
        active.set(name, { since: Date.now(), what, share })
        if (live) timer ??= setInterval(draw, 200).unref()
      }
      progress.wait = async (other) => {
        const start = Date.now()
        active.delete(name)
        try {
          return await other
        } finally {
          since += Date.now() - start
        }
      }
      try {
        const result = await work(progress)
        const parts = [
          result.from,
          result.bytes && size(result.bytes),
          result.note,
          seconds(Date.now() - since)
        ]
        active.delete(name)
        say(`  ${name.padEnd(12)} ${parts.filter(Boolean).join(' · ')}`)
        return result
      } catch (error) {
        active.delete(name)
        // steps that waited for one that failed end with its error: once is enough
        const took = seconds(Date.now() - since)
        if (!told.has(error))
          say(`  ${name.padEnd(12)} failed after ${took}: ${error.message.split('\n')[0]}`)
        told.add(error)
        throw error
      }
    },
    /** Stops the live line. */
    close() {
      clearInterval(timer)
      active.clear()
      if (live) stream.write('\r\x1b[2K')
    }
  }
}
