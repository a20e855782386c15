import type { Edit } from './document/edits'

/** Something that is wrong, in words for the person who can mend it. Code branches on `code`, never on wording. */
export interface Problem {
  readonly code: string
  /** One sentence: what is wrong, with the value; what would do. */
  readonly message: string
  /** A second sentence that explains, where one helps. */
  readonly detail?: string
  /** The node that causes it. */
  readonly nodeId?: string
  /** The field of that node, or the path in a document or table. */
  readonly field?: string
  readonly fix?: Fix
  /** Name of a data set of the library that is missing on this computer: fetching it mends the problem. */
  readonly fetch?: string
}

/** A one-click mend of a problem. */
export interface Fix {
  /** Starts with a verb: "Use 32 neurons". */
  readonly label: string
  readonly edit: Edit
}

/** The outcome of something that can fail for reasons a person can mend. Bugs throw, these do not. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] }

/** A success. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

/** A failure with one or more problems. */
export function fail(...problems: Problem[]): { readonly ok: false; readonly problems: readonly Problem[] } {
  return { ok: false, problems }
}

/** What is wrong; nothing where it worked. */
export function problemsOf(result: Result<unknown>): readonly Problem[] {
  return result.ok ? [] : result.problems
}

/** The value, or an error that carries the problems' words: for callers to whom a failure is a bug. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(result.problems.map((p) => p.message).join('\n'))
}
