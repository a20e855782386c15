import { moonsTanh3 as lesson } from '../moonsTanh3'
import { atLeast, plan, seeds, type LessonProject } from './define'

/** One hidden layer on two moons. Its losses are held against NumPy's by tests/trainer/oracle.*.test.ts. */
export const moonsTanh3: LessonProject = {
  id: lesson.id,
  title: lesson.title,
  topic: 'Points in the plane',
  goal: lesson.goal,
  document: lesson.document,
  verify: {
    full: plan({ seeds: seeds(3) }, atLeast('trainAccuracy', 0.965, { by: 'mean' })),
    quick: plan({ seeds: [0], changes: { 'training.epochs': 5000 } }, atLeast('trainAccuracy', 0.95))
  }
}
