import { f32, f64, i32, type Int } from '../wasm/instructions'
import type { FunctionBuilder, Local } from '../wasm/functionBuilder'
import type { WasmMemory } from '../wasm/host'
import { ModuleBuilder } from '../wasm/moduleBuilder'
import { KNOBS, type Layout } from '../layout'
import { answersOf, type FusedSpec } from '../spec'
import type { Context } from './context'
import { examplePasses } from './examples/passes'
import { sequencePasses } from './sequences/passes'
import { clearGradients, penalize, update } from './update'

/** What a module offers. Row numbers and knobs stand in its memory (see `Layout`). */
export interface FusedExports {
  readonly memory: WasmMemory
  /** Makes rows [0, count) of the order ready for steps with `resident`. */
  readonly gather: (count: number) => void
  /** Makes steps; `resident`: with the rows that are ready; `penalized`: with penalties. */
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
  const module = new ModuleBuilder()
  const passes = spec.steps === undefined ? examplePasses(spec, module) : sequencePasses(spec, module)
  const { layout } = passes
  const { address } = layout
  const context: Context = { spec, layout }
  const rowsOf = (f: FunctionBuilder, order: Int, count: Int) => ({
    order,
    count,
    share: shareOf(spec, f, count)
  })

  module.define(['i32'], (f) => passes.prepare(f, rowsOf(f, i32.const(address.order), f.int(0))), 'gather')
  const clear = module.define([], (f) => clearGradients(context, f))
  const penalty = module.define([], (f) => penalize(context, f))
  const apply = module.define(['i32'], (f) => update(context, f))
  const clearResults = (f: FunctionBuilder): void => {
    for (const offset of [0, 8, 16]) f.do(f64.store(i32.const(address.results), offset, f64.const(0)))
  }

  // Functions that are called again and again, so that the engine's faster code is taken up as soon as it is there.
  const step = module.define(['i32', 'i32', 'i32', 'i32', 'i32'], (f) => {
    const [order, count, knobs, resident, penalized] = [f.int(0), f.int(1), f.int(2), f.int(3), f.int(4)]
    clearResults(f)
    f.call(clear)
    passes.learn(f, rowsOf(f, order, count), resident)
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
        f.if(i32.eqz(resident), () => f.set(order, i32.add(order, i32.shl(count, i32.const(2)))))
        f.advance(at, 4)
      })
    },
    'train'
  )
  module.define(
    ['i32', 'i32'],
    (f) => {
      clearResults(f)
      passes.score(f, rowsOf(f, i32.const(address.order), f.int(0)), f.int(1))
    },
    'evaluate'
  )
  module.define(['i32', 'i32'], (f) => passes.answer(f, f.int(0), f.int(1)), 'answer')

  return { bytes: module.encode(layout.bytes), layout }
}

/** How far an answer to each of `count` examples counts. */
function shareOf(spec: FusedSpec, f: FunctionBuilder, count: Int): Local<'f32'> {
  const one = f32.fromInt(i32.const(1))
  if (spec.reduction === 'sum') return f.keep(one)
  return f.keep(f32.div(one, f32.fromInt(i32.mul(count, i32.const(answersOf(spec))))))
}
