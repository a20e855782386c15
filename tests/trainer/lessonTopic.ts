import { expect, test } from 'vitest'
import { lessonProjects, type Topic } from '@core/lessons/projects'
import { unwrap } from '@core/result'
import { verifyLesson } from '@trainer/verify/verifyLesson'

/** `netloom lessons --verify --quick` for the lessons of one topic; a file each, so that they run side by side. */
export function verifyTopic(topic: Topic): void {
  test.each(lessonProjects.filter((project) => project.topic === topic).map((p) => [p.id, p] as const))(
    '%s reaches the goals of its quick training',
    async (_id, project) => {
      // CIFAR-10 is fetched once a machine.
      const result = unwrap(await verifyLesson(project, 'quick'))
      const missed = result.claims.filter(({ reached }) => !reached)
      expect(missed).toEqual([])
      expect(result.reached).toBe(true)
    },
    600_000
  )
}
