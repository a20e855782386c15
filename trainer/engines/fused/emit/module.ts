import { f32, f32x4, f64, i32, type Expr, type Int } from '../wasm/instructions'
import type { FunctionBuilder, Local } from '../wasm/functionBuilder'
import type { WasmMemory } from '../wasm/host'
import { ModuleBuilder } from '../wasm/moduleBuilder'
import { KNOBS, layOut, VECTOR, type Layout } from '../layout'
import type { FusedSpec } from '../spec'
import { backward } from './backward'
import type { Context, Frame } from './context'
import { VectorMath } from './math'
import { forward } from './forward'
import { evenGroups, gatherPoints, gatherRows } from './gather'
import { layerGradients } from './gradients'
import { loss } from './losses'
import { addResult } from './results'
import { clearGradients, penalize, update } from './update'

/** Groups of four examples that are worked on together: two, so that one's results come while the other's start. */
const GROUPS = 2

/** What a module offers. Row numbers and knobs stand in its memory (see `Layout`). */
export interface FusedExports {
  readonly memory: WasmMemory
  /** Gathers rows [0, count) of the order for steps with `resident`. */
  readonly gather: (count: number) => void
  /** Makes steps; `resident`: with the gathered rows; `penalized`: with penalties. */
  readonly train: (steps: number, resident: number, penalized: number) => void
  /** Loss and right answers of rows [0, count) of the order, with the weight set at an address, into the results. */
  readonly evaluate: (count: number, weights: number) => void
  /** Answers of all layers to points [0, count), with the weight set at an address. */
  readonly answer: (count: number, weights: number) => void
}

/** The code for a network, and where things stand in its memory. */
export function compileModule(spec: FusedSpec): {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly layout: Layout
} {
  const layout = layOut(spec)
  const { address, gathered } = layout
  const context: Context = { spec, layout, groups: GROUPS }
  const module = new ModuleBuilder()

  const gather = module.define(['i32', 'i32', 'f32'], (f) => gatherRows(context, f))
  module.define(
    ['i32'],
    (f) => f.call(gather, i32.const(address.order), f.int(0), shareOf(spec, f.int(0))),
    'gather'
  )
  const score = module.define(['i32', 'i32', 'i32'], (f) => chunkPass(context, f, false))
  const learn = module.define(['i32', 'i32', 'i32'], (f) => chunkPass(context, f, true))
  const gradients = module.define(['i32', 'i32'], (f) => {
    for (const layer of layout.layers)
      if (layer.trainable) f.scope(() => layerGradients(context, f, layer, f.int(0), f.int(1)))
  })
  const clear = module.define([], (f) => clearGradients(context, f))
  const penalty = module.define([], (f) => penalize(context, f))
  const apply = module.define(['i32'], (f) => update(context, f))

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
      const rows = f.keep(i32.min(left, i32.const(gathered.rows)))
      body(from, rows)
      f.set(left, i32.sub(left, rows))
      f.set(from, i32.add(from, i32.shl(rows, i32.const(2))))
    })
  }
  const clearResults = (f: FunctionBuilder): void => {
    for (const offset of [0, 8, 16]) f.do(f64.store(i32.const(address.results), offset, f64.const(0)))
  }

  // Functions that are called again and again, so that the engine's faster code is taken up as soon as it is there.
  const step = module.define(['i32', 'i32', 'i32', 'i32', 'i32'], (f) => {
    const [order, count, knobs, resident, penalized] = [f.int(0), f.int(1), f.int(2), f.int(3), f.int(4)]
    const share = f.keep(shareOf(spec, count))
    clearResults(f)
    f.call(clear)
    overRows(f, order, count, (from, rows) => {
      f.if(i32.eqz(resident), () => f.call(gather, from, rows, share))
      overChunks(f, rows, (chunk, bytes) => {
        f.call(learn, i32.const(address.weights), chunk, bytes)
        f.call(gradients, chunk, bytes)
      })
    })
    f.if(penalized, () => f.call(penalty))
    f.call(apply, knobs)
  })
  module.define(
    ['i32', 'i32', 'i32'],
    (f) => {
      const [steps, resident, penalized] = [f.int(0), f.int(1), f.int(2)]
      const order = f.keep(i32.const(address.order))
      // Bytes: four for each step.
      const at = f.keep(i32.const(0))
      const end = f.keep(i32.shl(steps, i32.const(2)))
      f.while(i32.lt(at, end), () => {
        const count = f.keep(i32.load(at, address.sizes))
        const knobs = i32.add(i32.mul(at, i32.const(KNOBS)), i32.const(address.knobs))
        f.call(step, order, count, knobs, resident, penalized)
        for (const [i, list] of [address.losses, address.hits, address.penalties].entries())
          f.do(f32.store(at, list, f32.fromDouble(f64.load(i32.const(address.results), 8 * i))))
        f.set(order, i32.add(order, i32.shl(count, i32.const(2))))
        f.advance(at, 4)
      })
    },
    'train'
  )
  module.define(
    ['i32', 'i32'],
    (f) => {
      clearResults(f)
      overRows(f, i32.const(address.order), f.int(0), (from, rows) => {
        f.call(gather, from, rows, shareOf(spec, rows))
        overChunks(f, rows, (chunk, bytes) => f.call(score, f.int(1), chunk, bytes))
      })
    },
    'evaluate'
  )
  module.define(['i32', 'i32'], (f) => answer(context, f), 'answer')

  return { bytes: module.encode(layout.bytes), layout }
}

/** How far one of `count` examples counts. */
function shareOf({ reduction }: FusedSpec, count: Int): Expr<'f32'> {
  const one = f32.fromInt(i32.const(1))
  return reduction === 'sum' ? one : f32.div(one, f32.fromInt(count))
}

/** Emits the way through a chunk. Parameters: address of the weights, start of the chunk, bytes of its groups. */
function chunkPass(context: Context, f: FunctionBuilder, learn: boolean): void {
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

/** Emits answers to the points in memory. Parameters: how many, address of the weights. */
function answer(context: Context, f: FunctionBuilder): void {
  const { layout } = context
  const [count, weights] = [f.int(0), f.int(1)]
  f.scope(() => gatherPoints(context, f))
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
