import { f32x4, i32, type Int } from '../../wasm/instructions'
import type { FunctionBuilder, Local } from '../../wasm/functionBuilder'
import type { ModuleBuilder } from '../../wasm/moduleBuilder'
import { inputsOf, outputsOf, type FusedSpec } from '../../spec'
import { VectorMath } from '../math'
import type { Passes, Rows } from '../passes'
import { addResult } from '../results'
import { backward } from './backward'
import type { Frame, SequenceContext } from './context'
import { forward } from './forward'
import { layerGradients } from './gradients'
import { layOutSequences } from './layout'
import { loss } from './losses'

/** Rows one by one and step by step: four units side by side in a vector. */
export function sequencePasses(spec: FusedSpec, module: ModuleBuilder): Passes {
  const layout = layOutSequences(spec)
  const context: SequenceContext = { spec, layout }
  const { address, layers, pointBytes } = layout
  const rowBytes = { x: 4 * inputsOf(spec), targets: 4 * outputsOf(spec) }
  const weights = i32.const(address.weights)
  const start = i32.const(0)

  const learn = module.define(['i32', 'i32', 'f32'], (f) => {
    const share = f.keep(f32x4.splat(f.params[2] as Local<'f32'>))
    compare(f, { f, math: new VectorMath(f), x: f.int(0), point: start, weights }, share)
  })
  const gradients = module.define(['i32'], (f) => {
    const frame = { f, math: new VectorMath(f), x: f.int(0), point: start, weights }
    for (const layer of layers) if (layer.trainable) f.scope(() => layerGradients(context, frame, layer))
  })
  const score = module.define(['i32', 'i32', 'i32'], (f) =>
    compare(f, { f, math: new VectorMath(f), x: f.int(0), point: start, weights: f.int(2) }, undefined)
  )
  const answer = module.define(['i32', 'i32', 'i32'], (f) => {
    const frame = { f, math: new VectorMath(f), x: f.int(0), point: f.int(1), weights: f.int(2) }
    forward(context, frame, { sums: false, learning: false })
  })

  return {
    layout,
    // Rows are read where the data stands.
    prepare: () => undefined,
    learn: (f, rows) =>
      overRows(f, rows, (x, target) => {
        f.call(learn, x, target, rows.share)
        f.call(gradients, x)
      }),
    score: (f, rows, set) => overRows(f, rows, (x, target) => f.call(score, x, target, set)),
    answer: (f, count, set) => {
      const x = f.keep(i32.const(address.points))
      const point = f.keep(start)
      const left = f.keep(count)
      f.while(left, () => {
        f.call(answer, x, point, set)
        f.advance(x, rowBytes.x)
        f.advance(point, pointBytes)
        f.advance(left, -1)
      })
    }
  }

  /** From an example to its loss, and back where it has a share. The right answer is the second parameter. */
  function compare(f: FunctionBuilder, frame: Frame, share: Local<'v128'> | undefined): void {
    const sums = { loss: f.keep(f32x4.const(0)), hits: f.keep(f32x4.const(0)) }
    forward(context, frame, { sums: true, learning: share !== undefined })
    loss(context, frame, { target: f.int(1), share }, sums)
    if (share) backward(context, frame)
    addResult(f, layout, 0, sums.loss)
    addResult(f, layout, 1, sums.hits)
  }

  /** Row after row of the order: where its numbers and its right answer stand. */
  function overRows(f: FunctionBuilder, { order, count }: Rows, body: (x: Int, target: Int) => void): void {
    const at = f.keep(order)
    const left = f.keep(count)
    f.while(left, () => {
      const row = f.keep(i32.load(at))
      body(
        i32.add(i32.mul(row, i32.const(rowBytes.x)), i32.const(address.x)),
        i32.add(i32.mul(row, i32.const(rowBytes.targets)), i32.const(address.targets))
      )
      f.advance(at, 4)
      f.advance(left, -1)
    })
  }
}
