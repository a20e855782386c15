import type { Lesson } from './define'
import { moonsTanh3 } from './moonsTanh3'
import { overfitLive } from './overfitLive'

/** All lessons, in the order in which to take them. */
export const lessons: readonly Lesson[] = [moonsTanh3, overfitLive]

/** The lesson of this id. */
export function lessonOf(id: string | undefined): Lesson | undefined {
  return lessons.find((l) => l.id === id)
}
export type { Lesson }
