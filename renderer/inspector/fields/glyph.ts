import type { ActivationDefinition } from '@core/registry/define'

/** A drawn activation, 44 × 22. */
export interface GlyphShape {
  readonly path: string
  /** y of the line that stands for zero. */
  readonly ground: number
  readonly strokeWidth: number
}

const LEFT = 4
const RIGHT = 40
const TOP = 3
const BOTTOM = 19
const POINTS = 48

/** The path of an activation's glyph: its curve over [−3, 3], or its bars. */
export function glyphShape(glyph: ActivationDefinition['glyph']): GlyphShape {
  if ('bars' in glyph) {
    const pitch = (RIGHT - LEFT - 8) / (glyph.bars.length - 1)
    const highest = Math.max(...glyph.bars)
    const path = glyph.bars
      .map(
        (bar, i) =>
          `M${round(LEFT + 4 + i * pitch)} ${BOTTOM}V${round(BOTTOM - (bar / highest) * (BOTTOM - TOP))}`
      )
      .join('')
    return { path, ground: BOTTOM, strokeWidth: 3 }
  }
  const xs = Array.from({ length: POINTS + 1 }, (_, i) => -3 + (6 * i) / POINTS)
  const ys = xs.map(glyph.curve)
  const low = Math.min(0, ...ys)
  const high = Math.max(0, ...ys)
  const y = (v: number): number => BOTTOM - ((v - low) / (high - low)) * (BOTTOM - TOP)
  const path = xs
    .map(
      (x, i) => `${i === 0 ? 'M' : 'L'}${round(LEFT + ((x + 3) / 6) * (RIGHT - LEFT))} ${round(y(ys[i]!))}`
    )
    .join('')
  return { path, ground: round(y(0)), strokeWidth: 2 }
}

const round = (v: number): number => Math.round(10 * v) / 10
