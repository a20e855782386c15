import { defineScheme, type Ops, type PhaseContext, type Tensor } from '../define'

type Context = Pick<PhaseContext, 'ops' | 'weightsOf'>

const rows = (ops: Ops, x: Tensor): Tensor => ops.reshape(x, [x.shape[0]!, -1])

/** σ(v·W + c): how likely each hidden unit is on. */
function hidden({ ops, weightsOf }: Context, visible: Tensor): Tensor {
  const { kernel, hiddenBias } = weightsOf('rbm')
  return ops.sigmoid(ops.add(ops.matMul(visible as never, kernel as never), hiddenBias!))
}

/** σ(h·Wᵀ + b): how likely each visible unit is on. */
function visible({ ops, weightsOf }: Context, state: Tensor): Tensor {
  const { kernel, visibleBias } = weightsOf('rbm')
  return ops.sigmoid(ops.add(ops.matMul(state as never, kernel as never, false, true), visibleBias!))
}

/** F(v) = −b·v − Σⱼ log(1 + exp(v·W + c)ⱼ), of each row. */
function freeEnergy({ ops, weightsOf }: Context, v: Tensor): Tensor {
  const { kernel, visibleBias, hiddenBias } = weightsOf('rbm')
  const input = ops.add(ops.matMul(v as never, kernel as never), hiddenBias!)
  return ops.neg(ops.add(ops.sum(ops.mul(v, visibleBias!), 1), ops.sum(ops.softplus(input), 1)))
}

/** Mean squared difference between examples and what the machine makes of them, of each row. */
function reconstructionError(context: Context, v: Tensor): Tensor {
  const { ops } = context
  return ops.mean(ops.squaredDifference(v, visible(context, hidden(context, v))), 1)
}

/**
 * Hinton, "Training products of experts by minimizing contrastive divergence", 2002: a Gibbs chain of k rounds from
 * each example, and the slope of F(example) − F(end of the chain), the end taken as it is. Told is the mean squared
 * error of the reconstruction.
 */
export default defineScheme({
  type: 'contrastiveDivergence',
  title: 'From the data alone',
  summary: 'The machine dreams up examples and learns to find real ones likelier than its dreams.',
  fields: {
    rounds: {
      kind: 'int',
      label: 'Length of a dream',
      unit: 'rounds',
      help: 'Rounds of the chain from each example, the k of CD-k. 1 is usual.',
      default: 1,
      min: 1,
      max: 25
    }
  },
  networks: [{ title: 'Machine', source: 'data', sink: 'result', machine: 'rbm' }],
  compares: false,
  phases: [
    {
      id: 'machine',
      title: 'Machine',
      learns: 0,
      make: (context) => {
        const { ops, x, random, config } = context
        const data = rows(ops, x)
        const flip = (probability: Tensor): Tensor =>
          ops.cast(ops.less(random(probability.shape), probability), 'float32')
        const { kernel, visibleBias, hiddenBias } = context.weightsOf('rbm')
        // Where the chain ends is taken as given: no slope goes through it.
        const chain = ops.customGrad((v, w, b, c) => {
          let state = v as Tensor
          for (let round = 0; round < config.rounds; round++)
            state = flip(visible(context, flip(hidden(context, state))))
          return { value: state, gradFunc: () => [v, w, b, c].map((t) => ops.zerosLike(t as Tensor)) }
        })
        const dream = chain(data, kernel!, visibleBias!, hiddenBias!)
        return {
          minimised: ops.mean(ops.sub(freeEnergy(context, data), freeEnergy(context, dream))),
          loss: ops.sum(reconstructionError(context, data)),
          right: undefined
        }
      }
    }
  ],
  phaseAt: () => 'machine',
  measure: (context) => reconstructionError(context, rows(context.ops, context.x))
})
