import type { Dataset, PartName } from '../data/dataset'
import type { ProjectFiles } from '../data/files'
import type { Document } from '../document/schema'
import type { ConfigOf, Fields } from '../registry/fields'
import type { Problem, Result } from '../result'
import type { EpochPoint } from '../run/events'
import type { CodeProgram } from './code/lines'
import type { H5Group } from './h5'
import type { ExportModel } from './model'
import type { Example } from './usage'

/** Files by name. A slash makes a folder. */
export type ExportFiles = { readonly [name: string]: Uint8Array }

/** What a format cannot do in plain TypeScript, handed in by whoever writes files. */
export interface ExportTools {
  /** An HDF5 file. */
  readonly h5: (root: H5Group) => Uint8Array
  /** Real examples as the exported network takes them, [rows, …input shape]: for formats that have to be fitted. */
  readonly samples: { readonly x: Float32Array; readonly rows: number }
  /** What the app's own network answers to them, [rows, …answer shape]. */
  readonly answers: () => Float32Array
  /** Weights that a training of this seed starts from, by their full names; undefined where there is no data to train on. */
  readonly start: () => ReadonlyMap<string, Float32Array> | undefined
  /** All data of the project. */
  readonly dataset: Dataset
  /**
   * How good the network is on the part of the data that it did not learn from, or on what it learned from where there is
   * no such part; undefined where there is no measure.
   */
  readonly score: () => PartScore | undefined
  /** What the network says to a part of the data: shares of the classes, or numbers, [rows, …]. */
  readonly partAnswers: (part: PartName) => Float32Array
  /** What was measured after each epoch, as far as it is known. */
  readonly history: readonly EpochPoint[]
  /** The project itself: see `ExportModel.document`. */
  readonly project: Document
  readonly files: ProjectFiles
  readonly facts: ExportFacts
  /** An HTML file as sheets of paper: only for formats that say that they need a browser. */
  readonly pdf: (html: Uint8Array) => Promise<Uint8Array>
  /** What runs networks in a browser: made once, when Netloom is built (page/). */
  readonly page: () => PageRuntime
}

/** The loss on a part of the data, and the share of right answers where answers are right or wrong. */
export interface PartScore {
  readonly part: PartName
  readonly loss: number
  readonly accuracy: number | undefined
}

/** With what an export was made. */
export interface ExportFacts {
  /** Of Netloom. */
  readonly version: string
  /** What computed: "Native TensorFlow". */
  readonly engine: string
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
}

/** The program and the looks of a page, and their SHA-256 in base64, which is what the page's policy lets run. */
export interface PageRuntime {
  readonly script: string
  readonly style: string
  readonly hashes: { readonly script: string; readonly style: string }
}

/** Code that loads an exported network and asks it. */
export interface Usage {
  readonly language: 'python' | 'javascript' | 'html'
  /** What has to be installed, as a command; empty where nothing has. */
  readonly install: string
  readonly code: string
  /** It asks the examples that are written out in it, and prints the answers with three places. */
  readonly asksExamples?: boolean
}

/** A way to take a trained network away. One object, one file; dialog, command line, tests and docs loop over them. */
export interface ExportFormat<Fs extends Fields = Fields> {
  /** Stable id, as the command line takes it. */
  readonly type: string
  readonly title: string
  /** As people know it: ".keras"; "folder". */
  readonly ending: string
  /** One plain sentence: what opens it. */
  readonly summary: string
  /** A Lucide icon's name. */
  readonly icon: string
  /** What is in it, in a few plain sentences. */
  readonly docs: string
  /** What can be chosen about it. */
  readonly fields: Fs
  /**
   * Why it cannot hold this network: a problem for each node that stands in the way, whose detail names the nearest
   * format that can. Empty where it can.
   */
  readonly refuses: (model: ExportModel, config: ConfigOf<Fs>) => readonly Problem[]
  /** The files of the model itself. Beside them come preparation and README. */
  readonly write: (
    model: ExportModel,
    config: ConfigOf<Fs>,
    tools: ExportTools
  ) => ExportFiles | Promise<ExportFiles>
  /** Of a format that is a program: the library's name, and the program of a network, trained or not. */
  readonly program?: {
    readonly title: string
    readonly of: (model: ExportModel) => Result<CodeProgram>
  }
  /**
   * Where weights are stored as fewer bits: what the file is to answer to examples as the network takes them, worked out
   * here with the rounded weights. [rows, …]
   */
  readonly rounded?: (
    model: ExportModel,
    examples: { readonly x: Float32Array; readonly rows: number }
  ) => Float32Array
  /** What goes in and out is inside: no preparation comes beside it. */
  readonly whole?: true
  /** It can be made only where there is a browser. */
  readonly needsBrowser?: true
  /** The code is run by a test, and must work as it stands beside the files. */
  readonly usage: (model: ExportModel, config: ConfigOf<Fs>, example: Example) => Usage
}

/** This gives a format its types: the settings follow from the fields. */
export function defineFormat<const Fs extends Fields>(format: ExportFormat<Fs>): ExportFormat {
  return format as unknown as ExportFormat
}
