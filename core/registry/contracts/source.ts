import type { PictureFile } from '../../data/pictureGroups/split'
import type { PictureSettings } from '../../data/pictureSettings'
import type { PlaneInputName } from '../../data/points/inputs'
import type { Preparation } from '../../data/preparation/preparation'
import type { HeldOut } from '../../data/split'
import type { Table } from '../../data/table/columns'
import type { ProjectFiles } from '../../data/files'
import type { Target } from '../../graph/signal'
import type { Problem } from '../../result'
import type { ConfigOf, Fields } from '../fields'
import type { Described } from './described'

/** What a source offers, before it has made a single row. */
export interface SourceDescription {
  /** Names of the numbers of one example, where they have names. */
  readonly features: readonly string[]
  /** Names of the classes; empty where the answers are numbers. */
  readonly classes: readonly string[]
  /** Shape of one example. */
  readonly shape: readonly number[]
  readonly target: Target
  /** Examples are points of a plane, which `generate` makes as [rows, 2]; the network gets these inputs of them. */
  readonly plane?: {
    readonly inputs: readonly PlaneInputName[]
    /** [x from, x to, y from, y to] that is shown; where all points lie if it is not said. */
    readonly domain?: readonly [number, number, number, number]
  }
  /** Each number of an example is the number of one of these symbols; the first one only fills up. */
  readonly symbols?: readonly string[]
  /** Each number of an example is the number of a token, of which there are so many; 0 only fills up. */
  readonly tokens?: number
  /** All rows, with those held out. */
  readonly rows: number
  /** The right answer to an example is the example itself. */
  readonly copies?: true
  /** Examples are bytes, which stand for themselves times this. */
  readonly scale?: number
  /** Rows at the end that the makers of the data set have set aside. */
  readonly heldOut?: HeldOut
  /** Examples are files, which can be kept together by their names. */
  readonly named?: true
  /** Names of the columns of a table, by which rows can be kept together. */
  readonly columns?: readonly string[]
}

/** Examples and their answers: see `Dataset`. */
export interface Rows {
  readonly x: Float32Array | Uint8Array
  readonly y: Int32Array | Float32Array | undefined
  /** Rows of one number have something in common and stay in one part. */
  readonly groups?: Int32Array
}

/** Rows of a file, before they are split. What prepares them is fitted to the training part. */
export interface UnpreparedRows {
  /** Places in the file's table, from 0, of the rows that are used. */
  readonly rowNumbers: Int32Array
  readonly table: Table
  /** A class each; undefined where the answers are numbers. */
  readonly labels: Int32Array | undefined
  /** Rows are numbered as in `rowNumbers`. */
  readonly prepare: (training: Int32Array) => Rows & { readonly preparation: Preparation }
}

/** A data set of the library: examples as bytes [rows, …shape], a class number each; training rows come first. */
export interface LibraryRows {
  readonly x: Uint8Array
  readonly y: Uint8Array
}

/** Data sets of the library by name, as far as they are asked for. */
export type LibraryData = { readonly [name: string]: LibraryRows }

/** Pictures of a folder at one size: [rows, …shape] bytes, and the file of each. */
export interface FolderPictures {
  readonly x: Uint8Array
  readonly files: readonly PictureFile[]
}

/** What a source makes rows from. */
export interface GenerateContext {
  /** Files that travel with the project, by name. */
  readonly files: ProjectFiles
  /** Those that `library` names. */
  readonly library: LibraryData
  /** The table of the file that the source reads, by its name. */
  readonly tables: { readonly [file: string]: Table }
  /** The text of the file that the source reads, by its name. */
  readonly texts: { readonly [file: string]: string }
  /** Those of the folder that the source's field `folder` refers to, at the size it asks for. */
  readonly pictures?: FolderPictures | undefined
  readonly seed: number
}

/** Where data comes from. */
export interface SourceDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly icon: string
  /** Its pictures are ink on an empty ground, not light: drawn in the colour of ink on the colour of paper. */
  readonly ink?: true
  /** Its sequences are drawn as symbols of which one is marked, or as a sum. */
  readonly look?: 'marked' | 'sum'
  /** Names of the library's data sets it needs. */
  readonly library?: readonly string[]
  /** What it needs of the file that its field `file` names. */
  readonly reads?: 'table' | 'text'
  /** The size at which it reads the pictures of its folder; undefined where it reads none. */
  readonly pictures?: (config: ConfigOf<Fs>) => PictureSettings
  readonly describe: (config: ConfigOf<Fs>, files: ProjectFiles) => SourceDescription | Problem
  readonly generate: (config: ConfigOf<Fs>, context: GenerateContext) => Rows | UnpreparedRows
}

/** Are its rows always the same ones? The seed then only splits them; others make new ones of it. */
export function hasFixedRows({ library, fields }: Pick<SourceDefinition, 'library' | 'fields'>): boolean {
  return library !== undefined || !('samples' in fields)
}
