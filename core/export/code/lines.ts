/* What a program is made of before it is written down in a language. */

/** A line of a program, and the node of the canvas that it comes from. */
export interface CodeLine {
  readonly text: string
  readonly nodeId?: string
}

/** A value as it is written down: text as it stands, a call, a list of things, or settings by name. */
export type Expression =
  | string
  | { readonly call: string; readonly args: readonly Argument[] }
  | { readonly list: readonly Item[]; readonly brackets?: 'list' | 'tuple' }
  | { readonly settings: readonly Argument[] }

/** What a call is given; by name where it has one. */
export interface Argument {
  readonly name?: string
  readonly value: Expression
}

/** What stands in a list. Where one of them belongs to a node, each has a line of its own. */
export interface Item {
  readonly value: Expression
  readonly nodeId?: string
}

/** A program as a file. */
export interface CodeProgram {
  readonly language: 'python' | 'javascript'
  readonly file: string
  readonly lines: readonly CodeLine[]
  /** What the training in it leaves out, in sentences; empty where it leaves out nothing. */
  readonly lacks: readonly string[]
}

/** The text of a program. */
export function codeText(lines: readonly CodeLine[]): string {
  return `${lines.map(({ text }) => text).join('\n')}\n`
}

/** Lines without a node, indented by so many spaces. Empty ones stay empty. */
export function plain(text: string, indent = 0): readonly CodeLine[] {
  return text.split('\n').map((line) => ({ text: line === '' ? '' : ' '.repeat(indent) + line }))
}

/** The same lines, of this node. */
export function of(nodeId: string, lines: readonly CodeLine[]): readonly CodeLine[] {
  return lines.map(({ text }) => ({ text, nodeId }))
}

/** Where a value stands. */
export interface Place {
  readonly indent?: number
  /** On its first line before it, such as "model = ". */
  readonly before?: string
  /** On its last line behind it, such as ",". */
  readonly after?: string
  readonly nodeId?: string | undefined
}

/** Makes lines at a depth, of a node where there is one. */
export function lineAt(indent: number, nodeId: string | undefined): (text: string) => CodeLine {
  return (text) => ({ text: ' '.repeat(indent) + text, ...(nodeId === undefined ? {} : { nodeId }) })
}

/** What stands between the brackets of a value. */
export function partsOf(
  value: Exclude<Expression, string>
): readonly (Argument & { readonly nodeId?: string | undefined })[] {
  if ('call' in value) return value.args
  return 'list' in value ? value.list : value.settings
}

/** Does one of its parts belong to a node, so that it has a line of its own? */
export function hasNodes(value: Expression): boolean {
  if (typeof value === 'string') return false
  if ('list' in value) return value.list.some((item) => item.nodeId !== undefined || hasNodes(item.value))
  const parts = 'call' in value ? value.args : value.settings
  return parts.some((part) => hasNodes(part.value))
}

/** A number as Python and JavaScript read it: with all of its digits, or as one part of so many. */
export function numberText(value: number): string {
  const parts = Math.round(1 / value)
  const text = String(value).replace('e+', 'e')
  return text.length > 12 && 1 / parts === value ? `1 / ${parts}` : text
}
