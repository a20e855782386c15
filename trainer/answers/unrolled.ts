import * as tf from '@tensorflow/tfjs-core'
import { configsOf, type PlannedNode } from '@core/graph/plan'
import type { FromTrainer, ToTrainer } from '@core/ipc'
import { activations } from '@core/registry'
import type { Tensor } from '@core/registry/define'
import type { Part } from '@core/registry/fields'
import { unroll, type Unrolled } from '@core/registry/recurrent'
import type { CellType, RecurrentConfig } from '@core/registry/recurrentFields'
import { plainOps } from '../engines/ops/largeOps'
import { forward } from '@core/graph/forward'
import { Knobs } from '../engines/step/knobs'
import type { Model } from '../model'
import { weightsAt } from '../views/turns'
import { examplesOf } from './inside'

type Request = Extract<ToTrainer, { type: 'unrolled' }>
type Reply = Extract<FromTrainer, { type: 'unrolled' }>

/** Numbers of a state that are told at most: no strip has room for more. */
const MOST = 1 << 17

const CELLS: readonly string[] = ['simpleRnn', 'gru', 'lstm'] satisfies CellType[]

/**
 * What a recurrent layer, or one way of a Bidirectional one, does at each step of an example: worked out by the layer's own walk, operation by operation, and
 * not by the engine, which only tells what comes out. Undefined for other layers, and for very large ones.
 */
export function unrolledOf(
  model: Model,
  { id, epoch, nodeId, example, way = 'forward' }: Request
): Reply | undefined {
  const node = model.plan.main.nodes.find((own) => own.id === nodeId)
  const x = examplesOf(model, example)
  if (!node || !x || typeof x === 'string') return undefined
  const config = configsOf(model.plan, model.document)[nodeId]!
  const both = node.layer.type === 'bidirectional'
  const cell = both ? String(config['cell']) : node.layer.type
  if (!CELLS.includes(cell)) return undefined
  const seen = weightsAt(model, epoch)
  const backwards = both ? way === 'backward' : config['goBackwards'] === true
  return tf.tidy(() => {
    const weights = new Map(
      seen.weights.map(({ name, shape, values }) => [name, tf.tensor(values, [...shape])])
    )
    const { input, mask } = readBy(model, node, x, weights)
    const [, steps, width] = input.shape as [number, number, number]
    const states = statesOf(model, node, {
      ...{ input, mask, weights, backwards },
      cell: cell as CellType,
      prefix: both ? `${way}_` : ''
    })
    const units = states['hidden']!.shape[2]!
    if (steps * units > MOST || steps * width > MOST) return undefined
    const order = Int32Array.from({ length: steps }, (_, i) => (backwards ? steps - 1 - i : i))
    return {
      ...{ type: 'unrolled', id, epoch: seen.epoch, steps, units, order },
      counts: mask ? numbers(mask) : new Float32Array(steps).fill(1),
      inputs: numbers(input),
      states: Object.fromEntries(Object.entries(states).map(([name, value]) => [name, numbers(value)]))
    }
  })
}

/** What a node gets of an example [1, steps, inputs], and which of its steps count. */
function readBy(
  { plan, document, dataset }: Model,
  node: PlannedNode,
  x: Float32Array,
  weights: ReadonlyMap<string, Tensor>
): { readonly input: Tensor; readonly mask: Tensor | undefined } {
  const own = new Knobs(plan, document)
  const values = own.values(document, 1, 1)
  const knobs = new Map(own.names.map((name, i) => [name, tf.scalar(values[i]!)]))
  const pass = forward(plan.main, tf.tensor(x, [1, ...dataset.shape]), {
    ...{ ops: plainOps, weights, knobs, configs: configsOf(plan, document), random: undefined }
  })
  const from = node.inputs['input']!.node
  return { input: pass.outputs.get(from)!, mask: pass.masks.get(from) }
}

interface Given {
  readonly input: Tensor
  readonly mask: Tensor | undefined
  readonly weights: ReadonlyMap<string, Tensor>
  readonly backwards: boolean
  readonly cell: CellType
  /** Of the names of its weights, where the layer has two cells. */
  readonly prefix: string
}

function statesOf(
  { plan, document }: Model,
  node: PlannedNode,
  { input, mask, weights, backwards, cell, prefix }: Given
): Unrolled {
  const context = {
    ops: plainOps,
    training: false,
    random: () => {
      throw new Error('Nothing rests when a layer only answers.')
    },
    activate: ({ type, config }: Part, z: Tensor) => activations[type]!.forward(plainOps, z, config)
  }
  return unroll(context, input, mask, {
    cell,
    config: configsOf(plan, document)[node.id] as unknown as RecurrentConfig,
    weights: Object.fromEntries(
      node.weights
        .filter(({ spec }) => spec.name.startsWith(prefix))
        .map(({ name, spec }) => [spec.name.slice(prefix.length), weights.get(name)!])
    ),
    backwards,
    zeroOutput: false
  })
}

const numbers = (tensor: Tensor): Float32Array<ArrayBuffer> => Float32Array.from(tensor.dataSync())
