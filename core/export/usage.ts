import { sizeOf } from '../graph/signal'
import type { ExportModel } from './model'

/** Up to two real examples as the exported network takes them, for code that can be run as it stands. */
export interface Example {
  /** [rows, …input shape] */
  readonly x: Float32Array
  readonly rows: number
}

/** Examples of more numbers are not written out. */
const MOST_NUMBERS = 16

/** Are the examples short enough to be written out in code? */
export function isWrittenOut({ plan }: Pick<ExportModel, 'plan'>): boolean {
  return sizeOf(plan.source.shape) <= MOST_NUMBERS
}

/** A line for each example: "[0.5, 1]," and what is in it, for sequences [[0], [1]]. */
export function exampleLines({ plan }: Pick<ExportModel, 'plan'>, { x, rows }: Example): readonly string[] {
  const { shape } = plan.source
  const size = sizeOf(shape)
  return Array.from({ length: rows }, (_, row) => literal(x.subarray(row * size, (row + 1) * size), shape))
}

/** Lines of Python that make `x` from the examples, or from nothing where they are large. */
export function numpyExamples(model: Pick<ExportModel, 'plan' | 'data'>, example: Example): string {
  const { plan, data } = model
  if (isWrittenOut(model))
    return [
      'x = np.array([',
      ...exampleLines(model, example).map((line) => `    ${line},`),
      '], dtype="float32")'
    ].join('\n')
  const shape = [1, ...plan.source.shape].join(', ')
  const what = data.scale === 1 ? 'numbers' : 'pixels, 0 to 255'
  return `x = np.zeros((${shape}), dtype="float32")  # put your own ${what} here`
}

/** An array in JavaScript: the first example, or nothing but zeros where it is large. */
export function scriptExample(model: Pick<ExportModel, 'plan'>, example: Example): string {
  const { shape } = model.plan.source
  return isWrittenOut(model)
    ? `tf.tensor([${exampleLines(model, example)[0]}])`
    : `tf.zeros([${[1, ...shape].join(', ')}])`
}

/** What `print(answers.round(3))` says in Python; undefined where the examples are not written out. */
export function printed(answers: Float32Array, shape: readonly number[], rows: number): string {
  const texts = Array.from(answers.subarray(0, rows * sizeOf(shape)), (value) => rounded(value))
  const decimals = Math.max(...texts.map((text) => text.length - text.indexOf('.') - 1))
  const whole = Math.max(...texts.map((text) => text.indexOf('.')))
  const cells = texts.map((text) =>
    `${' '.repeat(whole - text.indexOf('.'))}${text}`.padEnd(whole + 1 + decimals)
  )
  return bracketed(cells, [rows, ...shape], 0)
}

function literal(values: Float32Array, [size = 0, ...rest]: readonly number[]): string {
  if (rest.length === 0) return `[${Array.from(values, shortest).join(', ')}]`
  const each = values.length / size
  const parts = Array.from({ length: size }, (_, i) =>
    literal(values.subarray(i * each, (i + 1) * each), rest)
  )
  return `[${parts.join(', ')}]`
}

/** The fewest digits that give the same float32 again. */
function shortest(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)))
    if (Math.fround(Number(text)) === value) return text
  }
  return String(Number(value.toPrecision(9)))
}

/** As NumPy prints a number that was rounded to three places: "0.5", "1.". */
function rounded(value: number): string {
  const text = (Math.round(value * 1000) / 1000).toFixed(3).replace(/0+$/, '')
  return text.startsWith('-0.') && Number(text) === 0 ? '-0.' : text
}

function bracketed(cells: readonly string[], shape: readonly number[], depth: number): string {
  if (shape.length === 1) return `[${cells.join(' ')}]`
  const [size = 0, ...rest] = shape
  const each = cells.length / size
  const parts = Array.from({ length: size }, (_, i) =>
    bracketed(cells.slice(i * each, (i + 1) * each), rest, depth + 1)
  )
  return `[${parts.join(`${'\n'.repeat(rest.length)}${' '.repeat(depth + 1)}`)}]`
}
