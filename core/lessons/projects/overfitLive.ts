import { overfitLive as lesson } from '../overfitLive'
import { atLeast, atMost, seeds, type Claim, type LessonProject, type Plan } from './define'

const overfits: readonly Claim[] = [
  atLeast('trainAccuracy', 0.98),
  atLeast('validationAccuracy', 0.75),
  atMost('validationAccuracy', 0.86),
  atLeast('lossOverBest', 3),
  atLeast('bestEpoch', 20),
  atMost('bestEpoch', 150),
  atLeast('gap', 0.12)
].map((claim) => ({ of: 'plain', ...claim }))

const planOf = (count: number, most: number): Plan => ({
  runs: [
    { name: 'plain', seeds: seeds(count) },
    {
      name: 'with L2',
      seeds: seeds(count),
      changes: { 'nodes.hidden.kernelRegularizer': 'l2', 'nodes.output.kernelRegularizer': 'l2' }
    },
    { name: '3 hidden', seeds: seeds(1), changes: { 'nodes.hidden.units': 3 } }
  ],
  claims: [
    ...overfits,
    { of: 'with L2', ...atMost('gap', 0.06, { by: most }) },
    { of: 'with L2', ...atMost('lossOverBest', 1.3, { by: most }) },
    { of: '3 hidden', ...atMost('gap', 0.1) }
  ]
})

/** A network that learns its points by heart. */
export const overfitLive: LessonProject = {
  id: lesson.id,
  title: lesson.title,
  topic: 'Points in the plane',
  goal: lesson.goal,
  document: lesson.document,
  verify: { full: planOf(8, 6), quick: planOf(2, 1) }
}
