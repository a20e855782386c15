import { cellOf, dataColumns } from '../../data/preparation/columns'
import { sizeOf } from '../../graph/signal'
import { sources } from '../../registry'
import { classOf } from '../../registry/scores'
import { numberText } from '../../words'
import { toBase64 } from '../base64'
import type { ExportModel } from '../model'
import type { ReportTools } from './report'

/** An example that the network takes for another class. */
export interface WrongExample {
  /** An image element, where the example is a picture. */
  readonly picture?: string
  /** Its numbers or cells, elsewhere. */
  readonly words: string
  readonly truth: string
  readonly said: string
  readonly share: number
}

const MOST_SHOWN = 12
/** Columns of a row that fit under each other. */
const MOST_WORDS = 8

/** Of the part that the score is of, the wrong answers that the network is surest of; undefined where answers are no classes. */
export function wrongExamples(
  model: ExportModel,
  { dataset, score, partAnswers, project }: ReportTools
): readonly WrongExample[] | undefined {
  const part = score()?.part
  const { y, target, classes, parts } = dataset
  if (!part || !(y instanceof Int32Array) || target.shape.length > 0 || classes.length < 2) return undefined
  const rows = parts[part]
  const shares = partAnswers(part)
  const outputs = shares.length / rows.length
  const found = Array.from(rows, (row, i) => {
    const said = classOf(shares, i, outputs)
    return { row, said, truth: y[row]!, share: shares[i * outputs + said]! }
  })
  return found
    .filter(({ said, truth }) => said !== truth)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_SHOWN)
    .map(({ row, said, truth, share }) => ({
      ...shown(model, dataset, row, sources[project.data.source.type]!.ink === true),
      ...{ truth: classes[truth]!, said: classes[said]!, share }
    }))
}

function shown(
  { data: { preparation, scale } }: ExportModel,
  { x, shape, plane, features, symbols }: ReportTools['dataset'],
  row: number,
  ink: boolean
): Pick<WrongExample, 'picture' | 'words'> {
  const size = sizeOf(shape)
  const own = x.subarray(row * size, (row + 1) * size)
  if (shape.length === 3 && (shape[2] === 1 || shape[2] === 3)) {
    const most = scale === 1 ? 1 : 255
    return { picture: bitmap(own, shape as [number, number, number], most, ink), words: '' }
  }
  if (plane)
    return { words: named(['x', 'y'], Array.from(plane.points.subarray(2 * row, 2 * row + 2), short)) }
  if (symbols) return { words: Array.from(own, (number) => symbols[number] ?? '').join('') }
  if (preparation) {
    const columns = dataColumns(preparation)
    const cells = columns.map((column) =>
      cellOf(column, Float32Array.from(own.subarray(column.at, column.at + column.width)))
    )
    return {
      words: named(
        columns.map(({ column }) => column.name),
        cells
      )
    }
  }
  return { words: named(features, Array.from(own, short)) }
}

const short = (value: number): string => numberText(Number(value.toPrecision(3)))

function named(names: readonly string[], cells: readonly string[]): string {
  const told = cells.slice(0, MOST_WORDS).map((cell, i) => `${names[i] ?? `number ${i + 1}`} ${cell}`)
  return told.join(', ') + (cells.length > MOST_WORDS ? ', …' : '')
}

/** A picture as a Windows bitmap of 24 bits (BITMAPINFOHEADER), which every browser shows. */
function bitmap(
  pixels: Float32Array | Uint8Array,
  [height, width, channels]: readonly [number, number, number],
  most: number,
  ink: boolean
): string {
  const stride = 4 * Math.ceil((3 * width) / 4)
  const bytes = new Uint8Array(54 + stride * height)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 0x424d)
  view.setUint32(2, bytes.length, true)
  view.setUint32(10, 54, true)
  view.setUint32(14, 40, true)
  view.setInt32(18, width, true)
  // From the top line downwards.
  view.setInt32(22, -height, true)
  view.setUint16(26, 1, true)
  view.setUint16(28, 24, true)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let c = 0; c < 3; c++) {
        const value = pixels[(row * width + column) * channels + (channels === 3 ? 2 - c : 0)]! / most
        bytes[54 + row * stride + 3 * column + c] = Math.round(255 * (ink ? 1 - value : value))
      }
  return `<img width="${width}" height="${height}" alt="A picture of the data" src="data:image/bmp;base64,${toBase64(bytes)}">`
}
