import * as tf from '@tensorflow/tfjs-core'
import { nodeKey, stepCounter } from '../step/random'
import { sizeOf } from '@core/graph/signal'
import type { NodeRandom } from '@core/graph/forward'
import type { LargeOps, Ops, Tensor } from '@core/registry/define'
import { attribute, DType, float32, type Graph } from '@core/export/tensorflow/graph'
import type { Tracer } from './trace'

/**
 * The operations a step is written with while it is compiled: those of native TensorFlow, and the ones that only a
 * graph can have.
 */
export function tracedOps(graph: Graph, tracer: Tracer, native: Ops): Ops {
  return { ...native, lstmSequence: blockLstm(graph, tracer) }
}

/**
 * A node's random numbers as TensorFlow makes them from key and counter: StatelessRandomUniformV2 gives the very
 * numbers that `stepUniform` does.
 */
export function tracedRandom(graph: Graph, tracer: Tracer, seed: number, step: string): NodeRandom {
  const place = graph.add('Cast', [step], {
    SrcT: attribute.type(DType.int32),
    DstT: attribute.type(DType.uint64)
  })
  return (nodeId) => {
    const [low, high] = nodeKey(seed, nodeId)
    const key = graph.constant(DType.uint64, [1], Uint32Array.of(low, high))
    let draw = 0
    return (shape) => {
      const [first, second] = stepCounter(0, draw++)
      const start = graph.constant(DType.uint64, [], Uint32Array.of(first, second))
      const counter = graph.add('Pack', [start, place], {
        N: attribute.integer(2),
        T: attribute.type(DType.uint64),
        axis: attribute.integer(0)
      })
      const numbers = graph.add(
        'StatelessRandomUniformV2',
        [graph.integers(...shape), key, counter, graph.integer(PHILOX)],
        { dtype: attribute.type(DType.float), Tshape: attribute.type(DType.int32) }
      )
      return tracer.stand(numbers, shape)
    }
  }
}

/** TensorFlow's number for the algorithm. */
const PHILOX = 1

/**
 * A whole LSTM as one kernel and its gradient as another: BlockLSTMV2 and BlockLSTMGradV2, whose gates are in Keras'
 * order. They want time first.
 */
function blockLstm(graph: Graph, tracer: Tracer): LargeOps['lstmSequence'] {
  const flags = { ...float32, use_peephole: attribute.bool(false) }
  const zeros = (...shape: number[]): string =>
    graph.constant(DType.float, shape, new Float32Array(sizeOf(shape)))

  const sequence = (units: number) =>
    tf.customGrad((x, kernel, bias, save) => {
      const [steps, batch] = (x as Tensor).shape as [number, number, number]
      const length = graph.constant(DType.int64, [], Uint32Array.of(steps, 0))
      const state = zeros(batch, units)
      const peephole = zeros(units)
      const inputs = [x, kernel, bias].map((t) => tracer.output(t as Tensor)) as [string, string, string]
      const [xIn, w, b] = inputs
      const block = graph.add(
        'BlockLSTMV2',
        [length, xIn, state, state, w, peephole, peephole, peephole, b],
        { ...flags, cell_clip: attribute.float(0) }
      )
      // Its outputs are i, cs, f, o, ci, co and h; all but the last are there for the gradient.
      const made = [block, ...[1, 2, 3, 4, 5, 6].map((i) => `${block}:${i}`)]
      ;(save as tf.GradSaveFunc)([x as Tensor, kernel as Tensor, bias as Tensor])
      return {
        value: tracer.stand(made[6]!, [steps, batch, units]),
        gradFunc: (dh: Tensor, [x_, kernel_, bias_]: Tensor[]) => {
          const noSlope = graph.constant(
            DType.float,
            [steps, batch, units],
            new Float32Array(steps * batch * units)
          )
          const slopes = graph.add(
            'BlockLSTMGradV2',
            [
              length,
              xIn,
              state,
              state,
              w,
              peephole,
              peephole,
              peephole,
              b,
              ...made,
              noSlope,
              tracer.output(dh)
            ],
            flags
          )
          return [
            tracer.stand(slopes, x_!.shape),
            tracer.stand(`${slopes}:3`, kernel_!.shape),
            tracer.stand(`${slopes}:7`, bias_!.shape)
          ]
        }
      }
    })

  return (x, kernel, recurrentKernel, bias) => {
    const timeFirst = tf.transpose(x, [1, 0, 2])
    const h = sequence(recurrentKernel.shape[0]!)(timeFirst, tf.concat([kernel, recurrentKernel], 0), bias)
    return tf.transpose(h, [1, 0, 2])
  }
}
