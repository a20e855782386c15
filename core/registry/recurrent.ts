import type { Tensor2D } from '@tensorflow/tfjs-core'
import type { ForwardContext, Ops, Tensor } from './define'
import type { CellType, RecurrentConfig } from './recurrentFields'

/* The walk of recurrent layers along a sequence [steps, inputs]. */

/** One reading of a sequence. */
export interface Reading {
  readonly cell: CellType
  readonly config: RecurrentConfig
  /** kernel, recurrent_kernel, and bias where there is one. */
  readonly weights: { readonly [name: string]: Tensor }
  readonly backwards: boolean
  /** Answers of steps that do not count are zeros, and not those of the step before. Keras does so in Bidirectional. */
  readonly zeroOutput: boolean
}

type Context = Pick<ForwardContext, 'ops' | 'training' | 'random' | 'activate'>

/**
 * Reads x [batch, steps, inputs]: [batch, units] after the last step, or [batch, steps, units] in the order of
 * reading. `mask` [batch, steps] says which steps count: at others the states stay as they are.
 */
export function read(context: Context, x: Tensor, mask: Tensor | undefined, reading: Reading): Tensor {
  const { ops } = context
  const { config, weights, backwards } = reading
  const [batch, steps, inputs] = x.shape as [number, number, number]
  const given = resting(context, config.dropout, [batch, 1, inputs])
  const rested = given ? ops.mul(x, given) : x
  const memory = resting(context, config.recurrentDropout, [batch, config.units])
  if (ops.sequence)
    return ops.sequence({ ...reading, x: rested, mask }, () => walk(context, rested, mask, memory, reading))
  if (!mask && !memory && steps > 1 && isStandardLstm(reading)) {
    const bias = weights['bias'] ?? ops.zeros([4 * config.units])
    const inOrder = backwards ? ops.reverse(rested, 1) : rested
    const states = ops.lstmSequence(inOrder, weights['kernel']!, weights['recurrent_kernel']!, bias)
    if (config.returnSequences) return states
    return ops.reshape(ops.slice(states, [0, steps - 1, 0], [-1, 1, config.units]), [-1, config.units])
  }
  return walk(context, rested, mask, memory, reading)
}

/** What a cell does at its steps, by name: `hidden` and its gates, each [batch, steps, units] in the order of reading. */
export type Unrolled = { readonly [name: string]: Tensor }

/** Reads a sequence as `read` does when nothing rests, and tells what happens at each step. */
export function unroll(context: Context, x: Tensor, mask: Tensor | undefined, reading: Reading): Unrolled {
  const { ops } = context
  const told: { [name: string]: Tensor[] } = {}
  const tell = (name: string, value: Tensor): void => void (told[name] ??= []).push(value)
  walk(context, x, mask, undefined, reading, tell)
  return Object.fromEntries(Object.entries(told).map(([name, steps]) => [name, ops.stack(steps, 1)]))
}

type Tell = (name: string, value: Tensor) => void

/** What TensorFlow has one kernel for. */
function isStandardLstm({ cell, config }: Reading): boolean {
  return (
    cell === 'lstm' && config.activation.type === 'tanh' && config.recurrentActivation?.type === 'sigmoid'
  )
}

/** Zeros for a share of these numbers and 1/(1 − share) for the others while training; undefined where none rests. */
function resting({ ops, training, random }: Context, share: number, shape: number[]): Tensor | undefined {
  if (!training || share === 0) return undefined
  const kept = ops.cast(ops.greaterEqual(random(shape), share), 'float32')
  return ops.div(kept, 1 - share)
}

/** Step by step: the number of steps is fixed, so the walk is written out. */
function walk(
  context: Context,
  x: Tensor,
  mask: Tensor | undefined,
  memory: Tensor | undefined,
  reading: Reading,
  tell?: Tell
): Tensor {
  const { ops } = context
  const { config, zeroOutput, backwards } = reading
  const [batch, ,] = x.shape as [number, number, number]
  const step = cellOf(context, reading, tell)
  const inputs = inOrder(step.project(x), backwards)
  const counts = mask && inOrder(countsOf(ops, mask, config.units), backwards)
  let states: readonly Tensor[] = Array.from({ length: step.states }, () => ops.zeros([batch, config.units]))
  const answers = inputs.map((atStep, t) => {
    const [h] = states as [Tensor, ...Tensor[]]
    const next = step.next(atStep, memory ? ops.mul(h, memory) : h, states)
    states = counts ? next.map((s, i) => ops.where(counts[t]!, s, states[i]!)) : next
    tell?.('hidden', states[0]!)
    if (states[1]) tell?.('carry', states[1])
    return states[0]!
  })
  if (!config.returnSequences) return answers.at(-1)!
  const all = ops.stack(answers, 1)
  if (!mask || !zeroOutput) return all
  return ops.mul(all, ops.expandDims(backwards ? ops.reverse(mask, 1) : mask, 2))
}

const inOrder = <T>(steps: readonly T[], backwards: boolean): readonly T[] =>
  backwards ? [...steps].reverse() : steps

/** [batch, steps] of 1 and 0 → for each step [batch, units] of true and false. */
function countsOf(ops: Ops, mask: Tensor, units: number): readonly Tensor[] {
  const [batch, steps] = mask.shape as [number, number]
  const byStep = ops.reshape(ops.transpose(mask), [steps, batch, 1])
  return apart(ops, ops.cast(ops.mul(byStep, ops.ones([1, 1, units])), 'bool'))
}

/** [n, …] → n tensors […]. TensorFlow.js has no slope for taking a single one apart. */
function apart(ops: Ops, x: Tensor): readonly Tensor[] {
  return x.shape[0] === 1 ? [ops.reshape(x, x.shape.slice(1))] : ops.unstack(x)
}

/** A cell, ready to walk. */
interface Cell {
  /** Number of states; the first is what it answers. */
  readonly states: number
  /** x [batch, steps, inputs] times the kernel, plus the bias of the inputs: [batch, columns] for each step. */
  readonly project: (x: Tensor) => readonly Tensor[]
  /** The next states from a step's projected inputs, the states, and the first state as the product gets it. */
  readonly next: (projected: Tensor, h: Tensor, states: readonly Tensor[]) => readonly Tensor[]
}

function cellOf({ ops, activate }: Context, { cell, config, weights }: Reading, tell?: Tell): Cell {
  const { units } = config
  const kernel = weights['kernel'] as Tensor2D
  const recurrent = weights['recurrent_kernel'] as Tensor2D
  const bend = (x: Tensor): Tensor => activate(config.activation, x)
  const gate = (name: string, x: Tensor): Tensor => {
    const opened = activate(config.recurrentActivation!, x)
    tell?.(name, opened)
    return opened
  }
  const product = (a: Tensor, b: Tensor): Tensor => ops.matMul(a as Tensor2D, b as Tensor2D)
  const project =
    (bias: Tensor | undefined) =>
    (x: Tensor): readonly Tensor[] => {
      const [batch, steps, inputs] = x.shape as [number, number, number]
      // One product for all steps is many times faster than one at each step.
      const rows = ops.reshape(ops.transpose(x, [1, 0, 2]), [-1, inputs])
      const sum = product(rows, kernel)
      return apart(ops, ops.reshape(bias ? ops.add(sum, bias) : sum, [steps, batch, -1]))
    }
  switch (cell) {
    case 'simpleRnn':
      return {
        states: 1,
        project: project(weights['bias']),
        next: (x, h) => [bend(ops.add(x, product(h, recurrent)))]
      }
    case 'lstm':
      return {
        states: 2,
        project: project(weights['bias']),
        next: (x, h, states) => {
          // Keras' order of gates: input, forget, carry, output.
          const [i, f, c, o] = ops.split(ops.add(x, product(h, recurrent)), 4, 1) as [
            Tensor,
            Tensor,
            Tensor,
            Tensor
          ]
          const carry = ops.add(ops.mul(gate('forget', f), states[1]!), ops.mul(gate('input', i), bend(c)))
          return [ops.mul(gate('output', o), bend(carry)), carry]
        }
      }
    case 'gru':
      return gru()
  }

  /** Gates in Keras' order: update, reset, and the candidate. */
  function gru(): Cell {
    const widths = [2 * units, units]
    const gates = (sums: Tensor): readonly Tensor[] => {
      const opened = ops.split(activate(config.recurrentActivation!, sums), 2, 1)
      tell?.('update', opened[0]!)
      tell?.('reset', opened[1]!)
      return opened
    }
    const mix = (update: Tensor, candidate: Tensor, state: Tensor): readonly Tensor[] => [
      ops.add(candidate, ops.mul(update, ops.sub(state, candidate)))
    ]
    if (config.resetAfter !== false) {
      const [given, carried] = weights['bias'] ? ops.unstack(weights['bias']) : []
      return {
        states: 1,
        project: project(given),
        next: (x, h, [state]) => {
          const inner = product(h, recurrent)
          const [innerGates, innerCandidate] = ops.split(carried ? ops.add(inner, carried) : inner, widths, 1)
          const [xGates, xCandidate] = ops.split(x, widths, 1)
          const [update, reset] = gates(ops.add(xGates!, innerGates!))
          return mix(update!, bend(ops.add(xCandidate!, ops.mul(reset!, innerCandidate!))), state!)
        }
      }
    }
    const [forGates, forCandidate] = ops.split(recurrent, widths, 1)
    return {
      states: 1,
      project: project(weights['bias']),
      next: (x, h, [state]) => {
        const [xGates, xCandidate] = ops.split(x, widths, 1)
        const [update, reset] = gates(ops.add(xGates!, product(h, forGates!)))
        const inner = product(ops.mul(reset!, h), forCandidate!)
        return mix(update!, bend(ops.add(xCandidate!, inner)), state!)
      }
    }
  }
}
