import type { Preparation, PreparedColumn } from '@core/data/preparation/preparation'
import { sources } from '@core/registry'
import type { SourceDescription } from '@core/registry/define'

/** How an example is drawn where its numbers alone would say little. */
export type Look =
  | { readonly kind: 'ink' }
  /** Numbers of symbols: a text. */
  | { readonly kind: 'text'; readonly symbols: readonly string[] }
  /** Numbers of words or characters that a column of texts has. */
  | { readonly kind: 'words'; readonly column: PreparedColumn }
  /** One-hot over these symbols at each step, and one number more that marks a step. */
  | { readonly kind: 'marked'; readonly symbols: readonly string[] }
  /** Two numbers digit by digit from the least significant, and the digits of their sum as the answer. */
  | { readonly kind: 'sum' }

/** The look of the examples of a source; of a table with how its columns were prepared. */
export function lookOf(
  type: string,
  data: SourceDescription | undefined,
  preparation?: Preparation
): Look | undefined {
  const { ink, look } = sources[type]!
  if (ink) return { kind: 'ink' }
  if (data?.symbols) return { kind: 'text', symbols: data.symbols }
  const column = preparation?.inputs[0]
  if (data?.tokens !== undefined) return column && { kind: 'words', column }
  if (look === 'marked') return data && { kind: 'marked', symbols: data.classes }
  return look && { kind: look }
}

/** Are examples shown as what is written in them? */
export function isWritten(look: Look | undefined): boolean {
  return look?.kind === 'text' || look?.kind === 'words'
}
