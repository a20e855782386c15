import { expect, test } from 'vitest'
import { asInk, stroke } from '@core/answers/asInk'

const SIDE = 28
const shape = [SIDE, SIDE, 1] as const
const pen = { radius: 1.2, colour: [1] }
const line = (points: readonly (readonly [number, number])[]): Float32Array =>
  points
    .slice(1)
    .reduce<Float32Array>(
      (drawing, [x, y], i) => stroke(drawing, shape, { x: points[i]![0], y: points[i]![1] }, { x, y }, pen),
      new Float32Array(SIDE * SIDE)
    )

function measure(picture: Float32Array) {
  let [x, y, all] = [0, 0, 0]
  let [left, right, top, bottom] = [SIDE, 0, SIDE, 0]
  for (const [at, ink] of picture.entries()) {
    const [i, j] = [Math.floor(at / SIDE), at % SIDE]
    x += ink * j
    y += ink * i
    all += ink
    if (ink > 0.5) {
      left = Math.min(left, j)
      right = Math.max(right, j)
      top = Math.min(top, i)
      bottom = Math.max(bottom, i)
    }
  }
  return { x: x / all, y: y / all, width: right - left + 1, height: bottom - top + 1 }
}

test.each([
  [
    'a small seven in a corner',
    [
      [2, 2],
      [7, 2],
      [4, 9]
    ]
  ],
  [
    'a large stroke over the whole picture',
    [
      [1, 1],
      [26, 26]
    ]
  ],
  [
    'a flat line',
    [
      [3, 20],
      [18, 20]
    ]
  ]
] as const)('%s is as large as the digits of MNIST and stands in the middle', (_, points) => {
  const found = measure(asInk(line(points), SIDE, SIDE))
  expect(found.x).toBeCloseTo(13.5, 0)
  expect(found.y).toBeCloseTo(13.5, 0)
  expect(Math.abs(Math.max(found.width, found.height) - 20)).toBeLessThanOrEqual(2)
})

test('nothing is nothing, and ink stays between 0 and 1', () => {
  expect(asInk(new Float32Array(SIDE * SIDE), SIDE, SIDE).every((v) => v === 0)).toBe(true)
  const found = asInk(
    line([
      [2, 2],
      [7, 2],
      [4, 9]
    ]),
    SIDE,
    SIDE
  )
  expect(found.every((v) => v >= 0 && v <= 1.000001)).toBe(true)
  expect(Math.max(...found)).toBeGreaterThan(0.9)
})

test('a stroke is as thick as its brush, in its colour', () => {
  const drawn = stroke(
    new Float32Array(9 * 9 * 3),
    [9, 9, 3],
    { x: 4, y: 4 },
    { x: 4, y: 4 },
    { radius: 1, colour: [1, 0.5, 0] }
  )
  const at = (i: number, j: number): number[] => [...drawn.subarray((i * 9 + j) * 3, (i * 9 + j) * 3 + 3)]
  expect(at(4, 4)).toEqual([1, 0.5, 0])
  expect(at(4, 5)).toEqual([0.5, 0.25, 0])
  expect(at(4, 6)).toEqual([0, 0, 0])
})
