/** Undo as a list of documents that share what did not change between them. */
export interface History<D> {
  readonly present: D
  readonly past: readonly Entry<D>[]
  readonly future: readonly Entry<D>[]
}

interface Entry<D> {
  readonly document: D
  /** What was done after (past) or would be done again (future). */
  readonly label: string
  /** Edits in a row with the same key are one step: dragging a slider, typing a number. */
  readonly key: string | undefined
}

const LIMIT = 500

/** A history that starts here. */
export function startHistory<D>(document: D): History<D> {
  return { present: document, past: [], future: [] }
}

/** The history after an edit. */
export function record<D>(history: History<D>, document: D, label: string, key?: string): History<D> {
  if (document === history.present) return history
  const last = history.past.at(-1)
  if (key !== undefined && last?.key === key && history.future.length === 0)
    return { ...history, present: document }
  return {
    present: document,
    past: [...history.past, { document: history.present, label, key }].slice(-LIMIT),
    future: []
  }
}

/** One step back; the same history where there is none. */
export function undo<D>(history: History<D>): History<D> {
  const last = history.past.at(-1)
  if (!last) return history
  return {
    present: last.document,
    past: history.past.slice(0, -1),
    future: [{ ...last, document: history.present, key: undefined }, ...history.future]
  }
}

/** One step forward again; the same history where there is none. */
export function redo<D>(history: History<D>): History<D> {
  const next = history.future[0]
  if (!next) return history
  return {
    present: next.document,
    past: [...history.past, { ...next, document: history.present, key: undefined }],
    future: history.future.slice(1)
  }
}
