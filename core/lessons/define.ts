import type { Document } from '../document/schema'
import type { RunState } from '../run/state'

/** What a step of a lesson looks at to see whether it is done. */
export interface LessonFacts {
  readonly document: Document
  readonly run: RunState
}

/** A control of the window that a step points at. */
export type Control =
  'train' | 'pace' | 'boundary' | 'curves' | 'regularizer' | 'units' | 'noise' | 'startOver' | 'slider'

/** One thing to do. */
export interface LessonStep {
  readonly text: string
  readonly control?: Control
  readonly done: (facts: LessonFacts) => boolean
}

/** A lesson: a project with something to find out. One object, one file. */
export interface Lesson {
  readonly id: string
  readonly title: string
  readonly topic: 'Points'
  /** One sentence. */
  readonly goal: string
  readonly document: Document
  readonly steps: readonly LessonStep[]
  readonly notice: readonly string[]
  readonly breakIt: {
    readonly text: string
    readonly why: string
    readonly change: (d: Document) => Document
  }
  readonly questions: readonly { readonly question: string; readonly answer: string }[]
}
