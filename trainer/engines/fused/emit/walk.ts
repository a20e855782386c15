import type { FunctionBuilder } from '../wasm/functionBuilder'
import { i32 } from '../wasm/instructions'
import { beyond, type Place, type Strip } from './place'

/** How far places move from one item to the next. */
export interface Walk {
  readonly count: number
  /** Items taken at once. */
  readonly step: number
  /** Turns up to which the code is written out instead of looped. */
  readonly unroll: number
  /** Where items stand; the first strip goes upwards. */
  readonly places: readonly Strip[]
}

/** Goes over items: the body is given where each bundle of at most `step` items starts, and how many it has. */
export function walk(
  f: FunctionBuilder,
  { count, step, unroll, places }: Walk,
  body: (at: readonly Place[], size: number) => void
): void {
  const turns = Math.floor(count / step)
  const rest = count - turns * step
  const after = (turn: number) => places.map(({ from, stride }) => beyond(from, turn * step * stride))
  if (turns + Math.sign(rest) <= unroll) {
    for (let turn = 0; turn < turns; turn++) f.scope(() => body(after(turn), step))
    if (rest > 0) f.scope(() => body(after(turns), rest))
    return
  }
  f.scope(() => {
    const pointers = places.map(({ from }) => f.keep(from.pointer))
    const here = pointers.map((pointer, i) => ({ pointer, offset: places[i]!.from.offset }))
    const end = f.keep(i32.add(pointers[0]!, i32.const(turns * step * places[0]!.stride)))
    f.repeat(
      () => {
        body(here, step)
        pointers.forEach((pointer, i) => f.advance(pointer, step * places[i]!.stride))
      },
      () => i32.lt(pointers[0]!, end)
    )
    if (rest > 0) body(here, rest)
  })
}
