import { i32, type Int } from '../../wasm/instructions'
import type { FunctionBuilder } from '../../wasm/functionBuilder'
import { FLOAT, type Column } from '../../layout'
import type { SizedLayer } from '../../spec'
import type { Context, Writer } from '../context'
import { beyond, type Place, type Strip } from '../place'
import type { SequenceLayout } from './layout'

/** What code for units side by side is written from. */
export type SequenceContext = Context<SequenceLayout>

/** The example that a stretch of code works on, and the weights it uses. */
export interface Frame extends Writer {
  /** Where the example's numbers start. */
  readonly x: Int
  /** Added to addresses of answers. */
  readonly point: Int
  /** Where the weight set starts. */
  readonly weights: Int
}

/** The rows of a buffer, step by step. */
export function rowsAt(pointer: Int, { base, stride }: Column): Strip {
  return { from: { pointer, offset: base }, stride }
}

/** Those rows of a layer's buffer that it hands on. */
export function keptRows(pointer: Int, column: Column, { steps, kept }: SizedLayer): Strip {
  return after(rowsAt(pointer, column), steps - kept)
}

/** What a layer reads, in the order of reading. */
export function readBy({ spec, layout }: SequenceContext, { x, point }: Frame, layer: SizedLayer): Strip {
  const { index, inputs } = layer
  const given =
    index === 0
      ? { from: { pointer: x, offset: 0 }, stride: spec.repeated ? 0 : FLOAT * inputs }
      : keptRows(point, layout.buffers[index - 1]!.value, layout.layers[index - 1]!)
  return inReadingOrder(given, layer)
}

/** What belongs to the steps that a layer is given, in the order in which it reads them. */
export function inReadingOrder(given: Strip, { recurrent, steps }: SizedLayer): Strip {
  return recurrent?.backwards ? reversed(given, steps) : given
}

/** A strip from its last item to its first. */
export function reversed(strip: Strip, count: number): Strip {
  return { from: after(strip, count - 1).from, stride: -strip.stride }
}

/** A strip without its first items. */
export function after({ from, stride }: Strip, items: number): Strip {
  return { from: beyond(from, items * stride), stride }
}

/** Goes over steps, some together. Strips may go downwards where steps are taken one by one. */
export function overSteps(
  f: FunctionBuilder,
  { count, together = 1, strips }: { count: number; together?: number; strips: readonly Strip[] },
  body: (at: readonly Place[], size: number) => void
): void {
  const turns = Math.floor(count / together)
  const rest = count - turns * together
  f.scope(() => {
    const pointers = strips.map(({ from }) => f.keep(i32.add(from.pointer, i32.const(from.offset))))
    const here = pointers.map((pointer) => ({ pointer, offset: 0 }))
    const turn = (): void => {
      body(here, together)
      pointers.forEach((pointer, i) => f.advance(pointer, together * strips[i]!.stride))
    }
    if (turns === 1) f.scope(turn)
    else if (turns > 1) {
      const left = f.keep(i32.const(turns))
      f.repeat(
        () => {
          turn()
          f.advance(left, -1)
        },
        () => left
      )
    }
    if (rest > 0) body(here, rest)
  })
}
