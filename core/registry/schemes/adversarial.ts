import { defineScheme, type PhaseContext, type PhasePass, type Tensor } from '../define'

/** What goes into the sigmoid of the discriminator's answer; a linear answer is that itself. */
const logitsOf = ({ logits, prediction }: PhasePass): Tensor =>
  logits?.kind === 'binary' ? logits.tensor : prediction

/** The mean of −log σ(z), or with `real` false of −log(1 − σ(z)), over a batch: how wrong a judgement is. */
const misjudged = ({ ops }: Pick<PhaseContext, 'ops'>, pass: PhasePass, real: boolean): Tensor => {
  const z = logitsOf(pass)
  return ops.mean(ops.softplus(real ? ops.neg(z) : z))
}

/** A mean over the batch as the sum that is told. */
const told = ({ ops, x }: Pick<PhaseContext, 'ops' | 'x'>, mean: Tensor) => ({
  minimised: mean,
  loss: ops.mul(mean, x.shape[0]!),
  right: undefined
})

/**
 * Goodfellow et al., "Generative Adversarial Nets", 2014, with the generator's loss that does not saturate: the
 * discriminator lowers −log D(x) − log(1 − D(G(z))), the generator −log D(G(z)).
 */
export default defineScheme({
  type: 'adversarial',
  title: 'Forger and judge',
  summary: 'One network makes up examples, the other tells them from real ones. Both get better.',
  fields: {
    judgeSteps: {
      kind: 'int',
      label: 'Judge steps a round',
      unit: 'steps',
      help: 'How often the judge learns before the forger learns once. 1 is usual.',
      default: 1,
      min: 1,
      max: 20,
      hot: true
    },
    sides: {
      kind: 'choice',
      label: 'Who learns',
      help: 'Let only one side learn to see what it does on its own.',
      default: 'both',
      options: [
        { value: 'both', label: 'Both in turn' },
        { value: 'discriminator', label: 'Only the judge' },
        { value: 'generator', label: 'Only the forger' }
      ],
      hot: true
    }
  },
  networks: [
    { title: 'Generator', source: 'noise', sink: 'sample' },
    { title: 'Discriminator', source: 'data', sink: 'judgement' }
  ],
  compares: false,
  phases: [
    {
      id: 'discriminator',
      title: 'Judge',
      learns: 1,
      make: (context) => {
        const { ops, run, x } = context
        const made = run(0).prediction
        return told(
          context,
          ops.add(misjudged(context, run(1, x), true), misjudged(context, run(1, made), false))
        )
      }
    },
    {
      id: 'generator',
      title: 'Forger',
      learns: 0,
      make: (context) => told(context, misjudged(context, context.run(1, context.run(0).prediction), true))
    }
  ],
  phaseAt: ({ judgeSteps, sides }, step) =>
    sides === 'both' ? (step % (judgeSteps + 1) < judgeSteps ? 'discriminator' : 'generator') : sides
})
