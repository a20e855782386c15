import type { Kernels } from '../interpret'

type Picture = readonly [batch: number, height: number, width: number, channels: number]

/** Calls `use` for each place of the window that lies on the picture: numbers of the places, and of the window's own. */
function overWindow(
  row: number,
  column: number,
  [, height, width]: Picture,
  [tall, wide]: readonly [number, number],
  [gapDown, gapAcross]: readonly [number, number],
  use: (y: number, x: number, i: number, j: number) => void
): void {
  for (let i = 0; i < tall; i++) {
    const y = row + i * gapDown
    if (y < 0 || y >= height) continue
    for (let j = 0; j < wide; j++) {
      const x = column + j * gapAcross
      if (x >= 0 && x < width) use(y, x, i, j)
    }
  }
}

export const pictureKernels = {
  conv2d: ([x, filter], { strides, pads, dilations }, shape) => {
    const from = x!.shape as Picture
    const [batch, rows, columns, filters] = shape as Picture
    const [tall, wide, channels] = filter!.shape as readonly [number, number, number]
    const made = new Float32Array(batch * rows * columns * filters)
    const sums = new Float64Array(filters)
    for (let n = 0; n < batch; n++)
      for (let r = 0; r < rows; r++)
        for (let c = 0; c < columns; c++) {
          sums.fill(0)
          const [top, left] = [r * strides[0] - pads[0][0], c * strides[1] - pads[1][0]]
          overWindow(top, left, from, [tall, wide], dilations, (y, at, i, j) => {
            const pixel = ((n * from[1] + y) * from[2] + at) * channels
            const kernel = (i * wide + j) * channels * filters
            for (let k = 0; k < channels; k++) {
              const value = x!.values[pixel + k]!
              for (let f = 0; f < filters; f++) sums[f]! += value * filter!.values[kernel + k * filters + f]!
            }
          })
          made.set(sums, ((n * rows + r) * columns + c) * filters)
        }
    return made
  },
  conv2dTranspose: ([x, filter], { strides, pads }, shape) => {
    const [batch, rows, columns, channels] = x!.shape as Picture
    const to = shape as Picture
    const [tall, wide, filters] = filter!.shape as readonly [number, number, number]
    const sums = new Float64Array(batch * to[1] * to[2] * filters)
    for (let n = 0; n < batch; n++)
      for (let r = 0; r < rows; r++)
        for (let c = 0; c < columns; c++) {
          const pixel = ((n * rows + r) * columns + c) * channels
          const [top, left] = [r * strides[0] - pads[0][0], c * strides[1] - pads[1][0]]
          overWindow(top, left, to, [tall, wide], [1, 1], (y, at, i, j) => {
            const place = ((n * to[1] + y) * to[2] + at) * filters
            const kernel = (i * wide + j) * filters * channels
            for (let f = 0; f < filters; f++)
              for (let k = 0; k < channels; k++)
                sums[place + f]! += x!.values[pixel + k]! * filter!.values[kernel + f * channels + k]!
          })
        }
    return Float32Array.from(sums)
  },
  pool: ([x], { kind, size, strides, pads }, shape) => {
    const from = x!.shape as Picture
    const [batch, rows, columns, channels] = shape as Picture
    const made = new Float32Array(batch * rows * columns * channels)
    for (let n = 0; n < batch; n++)
      for (let r = 0; r < rows; r++)
        for (let c = 0; c < columns; c++)
          for (let k = 0; k < channels; k++) {
            let [sum, top, count] = [0, -Infinity, 0]
            overWindow(
              r * strides[0] - pads[0][0],
              c * strides[1] - pads[1][0],
              from,
              size,
              [1, 1],
              (y, at) => {
                const value = x!.values[((n * from[1] + y) * from[2] + at) * channels + k]!
                sum += value
                top = Math.max(top, value)
                count++
              }
            )
            made[((n * rows + r) * columns + c) * channels + k] = kind === 'max' ? top : sum / count
          }
    return made
  },
  enlarge: ([x], { factor }, shape) => {
    const [batch, rows, columns, channels] = shape as Picture
    const [, height, width] = x!.shape as Picture
    const made = new Float32Array(batch * rows * columns * channels)
    for (let n = 0; n < batch; n++)
      for (let r = 0; r < rows; r++)
        for (let c = 0; c < columns; c++) {
          const pixel =
            ((n * height + Math.floor(r / factor[0])) * width + Math.floor(c / factor[1])) * channels
          made.set(x!.values.subarray(pixel, pixel + channels), ((n * rows + r) * columns + c) * channels)
        }
    return made
  }
} satisfies Partial<Kernels>
