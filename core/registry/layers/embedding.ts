import type { GradSaveFunc, Tensor1D } from '@tensorflow/tfjs-core'
import { defineLayer, part, type Ops, type Tensor } from '../define'
import { many, numbersOut, shapeAt, shapeText } from '../shapes'
import { withoutSlope } from '../slopes'

/** yₜ = row xₜ of a table of weights: [steps] of whole numbers → [steps, outputDim]. Keras: Embedding. */
export default defineLayer({
  type: 'embedding',
  title: 'Embedding',
  summary: 'Gives each word or symbol numbers of its own',
  docs: 'Has a table with a row of numbers for each symbol and looks up the row of every symbol it gets; the rows are learned. Takes a row of whole numbers, the symbols of a sequence, and gives a sequence with so many numbers at each step.',
  keras: ({ config, initializer, regularizer, constraint }) => ({
    class: 'Embedding',
    config: {
      input_dim: config.inputDim,
      output_dim: config.outputDim,
      mask_zero: config.maskZero,
      embeddings_initializer: initializer(config.embeddingsInitializer),
      embeddings_regularizer: regularizer(config.embeddingsRegularizer),
      embeddings_constraint: constraint(config.embeddingsConstraint, 2)
    }
  }),
  group: 'Sequences',
  icon: 'whole-word',
  role: 'layer',
  fields: {
    inputDim: {
      kind: 'int',
      label: 'Symbols',
      unit: 'symbols',
      help: 'How many different symbols there are. They are numbered from 0.',
      default: 10,
      min: 1,
      max: 1_000_000
    },
    outputDim: {
      kind: 'int',
      label: 'Numbers a symbol',
      help: 'How many numbers stand for each symbol.',
      default: 8,
      min: 1,
      max: 4096
    },
    maskZero: {
      kind: 'bool',
      label: 'Zero is no symbol',
      help: 'Steps with a 0 only fill up: layers after it skip them.',
      default: false
    },
    embeddingsInitializer: {
      kind: 'part',
      registry: 'initializer',
      label: 'Starting weights',
      help: 'The random numbers that the table starts from.',
      default: part('randomUniform')
    },
    embeddingsRegularizer: {
      kind: 'part',
      registry: 'regularizer',
      label: 'Keep weights small',
      help: 'A penalty on large weights.',
      default: part('none'),
      hot: true
    },
    embeddingsConstraint: {
      kind: 'part',
      registry: 'constraint',
      label: 'Hold weights to',
      help: 'A rule that the weights are held to after each step.',
      default: part('none'),
      advanced: true
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ inputDim, outputDim }) => `${many(inputDim, 'symbol')} × ${outputDim}`,
  formula: () => 'h = W[x]',
  infer: ({ nodeId, config, inputs }) => {
    const shape = shapeAt(inputs)
    if (!shape) return { outputs: {} }
    if (shape.length === 1) return numbersOut(shape[0]!, config.outputDim)
    return {
      outputs: {},
      problems: [
        {
          code: 'shape',
          nodeId,
          message: `Gets ${shapeText(shape)}, needs a row of whole numbers.`,
          detail: 'Each number says which symbol stands at a step.',
          fix: {
            label: 'Add Flatten before it',
            edit: { kind: 'insertBefore', nodeId, port: 'input', type: 'flatten' }
          }
        }
      ]
    }
  },
  weights: (config) => [
    {
      name: 'embeddings',
      shape: [config.inputDim, config.outputDim],
      initializer: config.embeddingsInitializer,
      regularizer: config.embeddingsRegularizer,
      constraint: config.embeddingsConstraint,
      trainable: true
    }
  ],
  forward: ({ ops, config, inputs, weights, setMask }) => {
    const x = inputs['input']!
    setMask(
      config.maskZero
        ? withoutSlope(ops, x, (symbols) => ops.cast(ops.notEqual(symbols, 0), 'float32'))
        : undefined
    )
    return lookUp(ops, weights['embeddings']!, x)
  },
  examples: [
    {
      title: 'four numbers for each of ten symbols',
      config: { inputDim: 10, outputDim: 4 },
      inputs: { input: { kind: 'numbers', shape: [28] } },
      outputs: { output: { kind: 'numbers', shape: [28, 4] } },
      parameters: 40
    }
  ]
})

/** Rows of the table by number, with a slope for the table only: no one can move a little from symbol to symbol. */
function lookUp(ops: Ops, table: Tensor, symbols: Tensor): Tensor {
  const [count, width] = table.shape as [number, number]
  const gather = ops.customGrad((rows, numbers, save) => {
    const places = ops.cast(numbers as Tensor, 'int32')
    ;(save as GradSaveFunc)([places, numbers as Tensor])
    return {
      value: ops.gather(rows as Tensor, places as Tensor1D),
      gradFunc: (dy: Tensor, [at, given]: Tensor[]) => [
        ops.unsortedSegmentSum(ops.reshape(dy, [-1, width]), ops.reshape(at!, [-1]) as Tensor1D, count),
        ops.zerosLike(given!)
      ]
    }
  })
  return gather(table, symbols)
}
