import { f32x4, v128, type Vec } from '../../wasm/instructions'
import { VECTOR } from '../../layout'
import type { Local } from '../../wasm/functionBuilder'
import { outputsOf } from '../../spec'
import { start, type ExampleContext, type Frame } from './context'
import { told, yesFrom } from '../hits'
import { LOSS_TERMS } from '../lossTerms'
import type { Tile } from '../math'
import { exponentials, overUnits, perGroup } from './softmax'
import type { Sums } from '../results'
import { load, store } from '../place'

const { add, div, eq, ge, lt, mul, sub } = f32x4

/**
 * Emits the loss for the examples of a frame: adds the losses and right answers of those with a share to `sums`, and
 * writes the slopes by the last layer's answers (or sums), times each example's share, where `learn`.
 */
export function loss(context: ExampleContext, frame: Frame, sums: Sums, learn: boolean): void {
  const { spec, layout } = context
  const { f, math } = frame
  const outputs = outputsOf(spec)
  const last = layout.chunk.at(-1)!
  const stride = last.value.stride
  const value = { from: start(frame.group, last.value), stride }
  const delta = { from: start(frame.group, last.delta), stride }
  const target = { from: start(frame.gathered, layout.gathered.targets), stride }
  f.scope(() => {
    const share = perGroup(context, frame, (g) =>
      load(start(frame.gathered, layout.gathered.share), VECTOR * g)
    )
    // Rows that only fill up a group have no share.
    const real = math.each(share, (s) => f32x4.ne(s, math.number(0)))
    const count = (sum: Local<'v128'>, amount: Vec, g: number): void =>
      f.set(sum, add(sum, v128.and(amount, real[g]!)))

    if (spec.loss.type === 'softmaxCrossEntropy') {
      const { largest, total } = exponentials(context, frame, outputs, stride, value.from, delta.from)
      const rest = math.log(total)
      const whole = math.each(largest, (m, g) => add(m, rest[g]!))
      const part = math.each(total, (s, g) => div(share[g]!, s))
      overUnits(frame, outputs, [value, delta, target], ([z, d, t]) => {
        whole.forEach((sum, g) => {
          const own = f.keep(load(t!, VECTOR * g))
          count(sums.loss, mul(own, sub(sum, load(z!, VECTOR * g))), g)
          if (learn)
            store(frame.f, d!, VECTOR * g, sub(mul(load(d!, VECTOR * g), part[g]!), mul(own, share[g]!)))
        })
      })
    } else {
      const { mean, terms } = LOSS_TERMS[spec.loss.type]
      const divided = (v: Vec): Vec => (mean && outputs > 1 ? mul(v, math.number(1 / outputs)) : v)
      overUnits(frame, outputs, [value, delta, target], ([p, d, t]) => {
        const own = perGroup(context, frame, (g) => load(p!, VECTOR * g))
        const truth = perGroup(context, frame, (g) => load(t!, VECTOR * g))
        terms(math, own, truth, spec.loss).forEach((term, g) => {
          count(sums.loss, divided(term.loss), g)
          if (learn) store(frame.f, d!, VECTOR * g, mul(divided(term.slope), share[g]!))
        })
      })
    }
    const right = outputs === 1 ? rightYes(context, frame) : rightLargest(context, frame)
    right.forEach((mask, g) => count(sums.hits, v128.and(mask, math.number(1)), g))
  })
}

/** One output: is the answer on the target's side? */
function rightYes(context: ExampleContext, frame: Frame): Tile {
  const { layout } = context
  const { f, math } = frame
  return perGroup(context, frame, (g) => {
    const own = f.keep(load(start(frame.group, layout.chunk.at(-1)!.value), VECTOR * g))
    const yes = ge(told(math, layout.layers.at(-1)!, own), math.number(yesFrom(context)))
    const truth = ge(load(start(frame.gathered, layout.gathered.targets), VECTOR * g), math.number(0.5))
    return v128.not(v128.xor(yes, truth))
  })
}

/** Several outputs: is the largest answer where the largest target is? Of equal ones the first counts. */
function rightLargest(context: ExampleContext, frame: Frame): Tile {
  const { spec, layout } = context
  const { f, math } = frame
  const { value } = layout.chunk.at(-1)!
  const { targets } = layout.gathered
  const places = [
    { from: start(frame.group, value), stride: value.stride },
    { from: start(frame.gathered, targets), stride: targets.stride }
  ]
  // One tile of answers, one of targets.
  const largest = places.map(() => perGroup(context, frame, () => math.number(-Infinity)))
  const where = places.map(() => perGroup(context, frame, () => math.number(0)))
  const unit = f.keep(math.number(0))
  overUnits(frame, outputsOf(spec), places, (at) => {
    for (const [i, place] of at.entries())
      for (const [g, best] of largest[i]!.entries()) {
        const number = f.keep(load(place, VECTOR * g))
        const own = f.keep(i === 0 ? told(math, layout.layers.at(-1)!, number) : number)
        const larger = f.keep(lt(best, own))
        f.set(best, v128.select(own, best, larger))
        f.set(where[i]![g]!, v128.select(unit, where[i]![g]!, larger))
      }
    f.set(unit, add(unit, math.number(1)))
  })
  return where[0]!.map((own, g) => f.keep(eq(own, where[1]![g]!)))
}
