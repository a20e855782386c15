import type { Fields } from '../fields'

/** What every object of the registry tells about itself. */
export interface Described<Fs extends Fields> {
  /** Stable id, written into documents. Keras' name in camelCase where Keras has one. */
  readonly type: string
  readonly title: string
  /** One plain sentence, shown in palettes and pickers. */
  readonly summary: string
  readonly fields: Fs
}
