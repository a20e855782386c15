import { f32x4, i32, v128, type Vec } from '../wasm/instructions'
import { VECTOR } from '../layout'
import type { FunctionBuilder, Local } from '../wasm/functionBuilder'
import type { Context } from './context'
import { VectorMath } from './math'
import { nextWeights } from './optimizers'
import { addResult } from './results'

const { abs, add, gt, mul } = f32x4

/** Emits one update of the layers that learn from the gradients. Parameter: address of the step's knobs. */
export function update(context: Context, f: FunctionBuilder): void {
  const { spec, layout } = context
  const { address } = layout
  const math = new VectorMath(f)
  const rate = f.keep(v128.loadSplat(f.int(0), 0))
  const second = f.keep(v128.loadSplat(f.int(0), 4))
  learningRanges(context, f, (at) => {
    const from = (set: number): Vec => v128.load(at, set)
    const keep = (value: Vec): Local<'v128'> => f.keep(value)
    const g = keep(from(address.gradients))
    const slots = address.slots.map((slot) => keep(from(slot)))
    const next = nextWeights(spec.optimizer, {
      math,
      keep,
      w: keep(from(address.weights)),
      g,
      slots,
      rate,
      second
    })
    f.do(v128.store(at, address.weights, next.w))
    next.slots.forEach((slot, i) => {
      // Numbers too small for float32 to hold in full slow processors down; TensorFlow takes them for 0 as well.
      const value = keep(slot)
      f.do(v128.store(at, address.slots[i]!, v128.and(value, gt(abs(value), f32x4.const(1e-35)))))
    })
  })
}

/**
 * Emits the penalties: their part of the gradients, g ← g + λ₁ · sign w + 2 · λ₂ · w, and λ₁ · |w| + λ₂ · w² of all
 * weights that learn as the third result.
 */
export function penalize(context: Context, f: FunctionBuilder): void {
  const { layout } = context
  const { address } = layout
  const math = new VectorMath(f)
  const sum = f.keep(math.number(0))
  learningRanges(context, f, (at) => {
    const w = f.keep(v128.load(at, address.weights))
    const l1 = f.keep(v128.load(at, address.l1))
    const l2 = f.keep(mul(v128.load(at, address.l2), w))
    const slope = add(mul(l1, math.sign(w)), l2)
    f.do(v128.store(at, address.gradients, add(v128.load(at, address.gradients), slope)))
    f.set(sum, add(sum, add(mul(l1, abs(w)), mul(mul(l2, w), math.number(0.5)))))
  })
  addResult(f, layout, 2, sum)
}

/** Emits zeros for all gradients. */
export function clearGradients(context: Context, f: FunctionBuilder): void {
  const { address, parameters } = context.layout
  overVectors(f, 0, parameters, (at) => f.do(v128.store(at, address.gradients, f32x4.const(0))))
}

/** Goes over the weights of layers that learn, four at a time. */
function learningRanges({ layout }: Context, f: FunctionBuilder, body: (at: Local<'i32'>) => void): void {
  const { layers, weights } = layout
  let from: number | undefined
  for (const [i, { trainable }] of [...layers, { trainable: false }].entries()) {
    if (trainable) from ??= i === 0 ? 0 : weights[i - 1]!.end
    else if (from !== undefined) {
      overVectors(f, from, weights[i - 1]!.end, body)
      from = undefined
    }
  }
}

/** Goes over the numbers from one position up to another; both are multiples of four. */
function overVectors(f: FunctionBuilder, from: number, to: number, body: (at: Local<'i32'>) => void): void {
  const at = f.keep(i32.const(4 * from))
  f.repeat(
    () => {
      body(at)
      f.advance(at, VECTOR)
    },
    () => i32.lt(at, i32.const(4 * to))
  )
}
