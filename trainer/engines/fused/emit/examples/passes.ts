import { f32x4, i32, type Int } from '../../wasm/instructions'
import type { FunctionBuilder, Local } from '../../wasm/functionBuilder'
import type { ModuleBuilder } from '../../wasm/moduleBuilder'
import { VECTOR } from '../../layout'
import type { FusedSpec } from '../../spec'
import { VectorMath } from '../math'
import type { Passes } from '../passes'
import { addResult } from '../results'
import { backward } from './backward'
import type { ExampleContext, Frame } from './context'
import { forward } from './forward'
import { evenGroups, gatherPoints, gatherRows } from './gather'
import { layerGradients } from './gradients'
import { layOutExamples } from './layout'
import { loss } from './losses'

/** Groups of four examples that are worked on together: two, so that one's results come while the other's start. */
const GROUPS = 2

/** Rows four by four: the same number of four examples side by side in a vector. */
export function examplePasses(spec: FusedSpec, module: ModuleBuilder): Passes {
  const layout = layOutExamples(spec)
  const context: ExampleContext = { spec, layout, groups: GROUPS }
  const { address, gathered, residentRows } = layout
  const gather = module.define(['i32', 'i32', 'f32'], (f) => gatherRows(context, f))
  const score = module.define(['i32', 'i32', 'i32'], (f) => chunkPass(context, f, false))
  const learn = module.define(['i32', 'i32', 'i32'], (f) => chunkPass(context, f, true))
  const gradients = module.define(['i32', 'i32'], (f) => {
    for (const layer of layout.layers)
      if (layer.trainable) f.scope(() => layerGradients(context, f, layer, f.int(0), f.int(1)))
  })

  /** Chunk after chunk of some rows. */
  const overChunks = (
    f: FunctionBuilder,
    rows: Int,
    body: (chunk: Local<'i32'>, bytes: Local<'i32'>) => void
  ) => {
    const left = f.keep(i32.mul(evenGroups(rows), i32.const(VECTOR / 4)))
    const chunk = f.keep(i32.const(0))
    f.while(left, () => {
      const bytes = f.keep(i32.min(left, i32.const(gathered.chunkGroups * VECTOR)))
      body(chunk, bytes)
      f.advance(chunk, gathered.chunkBytes)
      f.set(left, i32.sub(left, bytes))
    })
  }
  /** As many rows at a time as can be gathered. */
  const overRows = (f: FunctionBuilder, order: Int, count: Int, body: (from: Int, rows: Int) => void) => {
    const left = f.keep(count)
    const from = f.keep(order)
    f.while(left, () => {
      const rows = f.keep(i32.min(left, i32.const(residentRows)))
      body(from, rows)
      f.set(left, i32.sub(left, rows))
      f.set(from, i32.add(from, i32.shl(rows, i32.const(2))))
    })
  }

  return {
    layout,
    prepare: (f, { order, count, share }) => f.call(gather, order, count, share),
    learn: (f, { order, count, share }, ready) =>
      overRows(f, order, count, (from, rows) => {
        f.if(i32.eqz(ready), () => f.call(gather, from, rows, share))
        overChunks(f, rows, (chunk, bytes) => {
          f.call(learn, i32.const(address.weights), chunk, bytes)
          f.call(gradients, chunk, bytes)
        })
      }),
    score: (f, { order, count, share }, weights) =>
      overRows(f, order, count, (from, rows) => {
        f.call(gather, from, rows, share)
        overChunks(f, rows, (chunk, bytes) => f.call(score, weights, chunk, bytes))
      }),
    answer: (f, count, weights) => answer(context, f, count, weights)
  }
}

/** Emits the way through a chunk. Parameters: address of the weights, start of the chunk, bytes of its groups. */
function chunkPass(context: ExampleContext, f: FunctionBuilder, learn: boolean): void {
  const { layout } = context
  const [weights, chunk, bytes] = [f.int(0), f.int(1), f.int(2)]
  const math = new VectorMath(f)
  const sums = { loss: f.keep(f32x4.const(0)), hits: f.keep(f32x4.const(0)) }
  const group = f.keep(i32.const(0))
  const gathered = f.keep(chunk)
  const frame: Frame = { f, math, weights, group, gathered }
  const buffers = {
    inputs: layout.gathered.inputs,
    values: layout.chunk.map(({ value }) => value),
    learning: learn
  }
  f.repeat(
    () => {
      forward(context, frame, buffers, true)
      loss(context, frame, sums, learn)
      if (learn) backward(context, frame)
      f.advance(group, context.groups * VECTOR)
      f.advance(gathered, context.groups * VECTOR)
    },
    () => i32.lt(group, bytes)
  )
  addResult(f, layout, 0, sums.loss)
  addResult(f, layout, 1, sums.hits)
}

/** Emits answers to the points in memory. */
function answer(
  context: ExampleContext,
  f: FunctionBuilder,
  count: Local<'i32'>,
  weights: Local<'i32'>
): void {
  const { layout } = context
  f.scope(() => gatherPoints(context, f, count))
  const end = f.keep(i32.mul(evenGroups(count), i32.const(VECTOR / 4)))
  const group = f.keep(i32.const(0))
  const frame: Frame = { f, math: new VectorMath(f), weights, group, gathered: group }
  const buffers = { ...layout.pass, learning: false }
  f.repeat(
    () => {
      forward(context, frame, buffers, false)
      f.advance(group, context.groups * VECTOR)
    },
    () => i32.lt(group, end)
  )
}
