import type { LessonFacts } from '@core/lessons/define'
import type { Lesson } from '@core/lessons'
import { SvelteSet } from 'svelte/reactivity'

const done = new SvelteSet<string>()
const nameOf = (lesson: Lesson, step: number): string => `${lesson.id}/${step}`

/** Was this step done? Once done it stays done, until the lesson starts again. */
export function isDone(lesson: Lesson, step: number): boolean {
  return done.has(nameOf(lesson, step))
}

/** Ticks the steps that are done now; a lesson that stands as it was opened has none. */
export function watchSteps(lesson: Lesson, facts: LessonFacts): void {
  const fresh = facts.document === lesson.document && facts.run.status === 'idle'
  lesson.steps.forEach((step, i) => {
    if (fresh) done.delete(nameOf(lesson, i))
    else if (step.done(facts)) done.add(nameOf(lesson, i))
  })
}
