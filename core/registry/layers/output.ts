import { signalText, sizeOf, type Target } from '../../graph/signal'
import { defineLayer, part, type InferContext } from '../define'
import type { Problem } from '../../result'

/** Compares the network's answer with the true one and says what to minimise. */
export default defineLayer({
  type: 'output',
  title: 'Output',
  summary: 'What the network should get right',
  docs: 'Compares the answer of the last layer with the true one. The loss is a number that is smaller the better the answers are; training makes it small. For classes it needs one number a class, or a single one between 0 and 1 for two classes; for numbers as many as there are in the true answer.',
  group: 'Ends',
  icon: 'target',
  role: 'sink',
  fields: {
    loss: {
      kind: 'part',
      registry: 'loss',
      label: 'Loss',
      help: 'How a wrong answer is counted.',
      default: part('crossEntropy', { fromLogits: false, labelSmoothing: 0 })
    },
    reduction: {
      kind: 'choice',
      label: 'Over a batch',
      help: 'Average suits any batch size. Sum makes steps larger the more examples there are.',
      default: 'mean',
      options: [
        { value: 'mean', label: 'Average' },
        { value: 'sum', label: 'Sum' }
      ],
      advanced: true
    },
    classWeights: {
      kind: 'choice',
      label: 'Rare classes',
      help: 'Counting each class alike makes mistakes on a rare class weigh more.',
      default: 'equal',
      options: [
        { value: 'equal', label: 'Every example counts alike' },
        { value: 'balanced', label: 'Every class counts alike' }
      ],
      advanced: true
    }
  },
  inputs: [
    { id: 'prediction', label: 'Answer', carries: 'numbers' },
    { id: 'target', label: 'True answers', carries: 'target' }
  ],
  outputs: [],
  fact: () => '',
  infer: (context) => {
    const { inputs } = context
    const prediction = inputs['prediction']
    const target = inputs['target']
    if (prediction?.kind !== 'numbers' || target?.kind !== 'target') return { outputs: {} }
    const shapes = shapesFor(target)
    if (shapes.some((shape) => shape.join() === prediction.shape.join())) return { outputs: {} }
    return { outputs: {}, problems: [wrongShape(context, prediction.shape, shapes[0]!, target)] }
  },
  examples: [
    {
      title: 'two classes',
      config: {},
      inputs: {
        prediction: { kind: 'numbers', shape: [2] },
        target: { kind: 'target', classes: 2, shape: [] }
      },
      outputs: {},
      parameters: 0
    }
  ]
})

/** Shapes of an answer that can be compared with the true one, the usual one first. */
function shapesFor({ classes, shape }: Target): readonly (readonly number[])[] {
  if (classes === undefined) return [shape]
  const usual = [...shape, classes]
  return classes === 2 ? [usual, [...shape, 1]] : [usual]
}

function wrongShape(
  { nodeId, producer }: Pick<InferContext, 'nodeId' | 'producer'>,
  given: readonly number[],
  wanted: readonly number[],
  target: Target
): Problem {
  const from = producer('prediction')
  const gives =
    given.length > 1
      ? `a ${signalText({ kind: 'numbers', shape: given })} picture`
      : `${given[0]} ${given[0] === 1 ? 'number' : 'numbers'}`
  const needs =
    target.classes === undefined
      ? `the true answer has ${signalText({ kind: 'target', ...target })}`
      : `there are ${signalText({ kind: 'target', ...target })}`
  const shared = {
    code: target.classes === undefined ? 'answer-shape' : 'class-count',
    nodeId: from?.nodeId ?? nodeId,
    message: `Gives ${gives}, but ${needs}.`,
    detail:
      target.classes === undefined
        ? 'The last layer has to give as many numbers as the true answer has.'
        : 'The last layer needs one neuron a class.'
  }
  const units = wanted.at(-1)!
  // Neurons are in the last place of a shape; with the same places before it their number is all that is wrong.
  const onlyUnits = given.length === wanted.length && given.slice(0, -1).join() === wanted.slice(0, -1).join()
  if (from && 'units' in from.fields && onlyUnits)
    return {
      ...shared,
      field: 'units',
      fix: {
        label: `Use ${units} ${units === 1 ? 'neuron' : 'neurons'}`,
        edit: { kind: 'setField', nodeId: from.nodeId, field: 'units', value: units }
      }
    }
  if (wanted.length === 1 && given.length > 1)
    return {
      ...shared,
      fix: {
        label: 'Add Flatten before the output',
        edit: { kind: 'insertBefore', nodeId, port: 'prediction', type: 'flatten' }
      }
    }
  if (!onlyUnits)
    return sizeOf(given) === sizeOf(wanted)
      ? {
          ...shared,
          detail: 'The numbers are as many as needed, but in another shape: Reshape puts them in order.'
        }
      : shared
  return {
    ...shared,
    fix: {
      label: `Add Dense with ${units}`,
      edit: {
        kind: 'insertBefore',
        nodeId,
        port: 'prediction',
        type: 'dense',
        config: { units, activation: part(target.classes === undefined ? 'linear' : 'softmax') }
      }
    }
  }
}
