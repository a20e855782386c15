import type { RecurrentAttributes, StepOf, Value } from '../program/program'
import { reversed } from './arranging'
import type { OnnxBuilder } from './builder'

const ACTIVATIONS: { readonly [type: string]: string } = { tanh: 'Tanh', sigmoid: 'Sigmoid', relu: 'Relu' }

/** ONNX' operation, and the place in Keras' order of each of its gates. */
const CELLS = {
  simpleRnn: { op: 'RNN', gates: [0] },
  // i o f c of Keras' i f c o; z r h as Keras has them.
  lstm: { op: 'LSTM', gates: [0, 3, 1, 2] },
  gru: { op: 'GRU', gates: [0, 1, 2] }
} as const

/** Has ONNX one operation for this layer, with activations that every runtime knows? */
export function hasOnnxCell({ activation, gate }: RecurrentAttributes): boolean {
  return [activation, ...(gate === undefined ? [] : [gate])].every((type) => Object.hasOwn(ACTIVATIONS, type))
}

/** The columns of a matrix [rows, gates · units] as rows, gate by gate in ONNX' order: [gates · units, rows]. */
function turned(
  values: ArrayLike<number>,
  rows: number,
  units: number,
  gates: readonly number[]
): Float32Array {
  const columns = gates.length * units
  const made = new Float32Array(rows * columns)
  for (const [to, from] of gates.entries())
    for (let unit = 0; unit < units; unit++)
      for (let row = 0; row < rows; row++)
        made[(to * units + unit) * rows + row] = values[row * columns + from * units + unit]!
  return made
}

export const recurrent = {
  recurrent: (build: OnnxBuilder, { inputs, output, attributes }: StepOf<'recurrent'>): void => {
    const [x, ...weights] = inputs as [Value, ...Value[]]
    const { cell, units, backwards, sequences } = attributes
    const { op, gates } = CELLS[cell]
    const features = x.shape[2]!
    const values = (at: number): ArrayLike<number> => build.constant(weights[at]!)!.values
    const tensor = (wanted: string, dims: number[], numbers: Float32Array): string =>
      build.tensor(wanted, 'float32', dims, numbers)
    const rows = gates.length * units
    const kernel = turned(values(0), features, units, gates)
    const carried = turned(values(1), units, units, gates)
    const given = [
      build.node('Transpose', [build.last(x)], { perm: [1, 0, 2] }, `${output.name}/timeFirst`),
      tensor(weights[0]!.name, [1, rows, features], kernel),
      tensor(weights[1]!.name, [1, rows, units], carried),
      ...(attributes.bias
        ? [tensor(weights[2]!.name, [1, 2 * rows], biases(values(2), attributes, gates))]
        : [])
    ]
    const settings = {
      hidden_size: units,
      direction: backwards ? 'reverse' : 'forward',
      activations: activationsOf(attributes),
      ...(cell === 'gru' ? { linear_before_reset: Number(attributes.resetAfter) } : {})
    }
    const direct = build.free(`${output.name}/${op}`)
    build.add(op, given, sequences ? [direct] : ['', direct], settings)
    if (!sequences)
      return build.has(output, build.node('Squeeze', [direct, build.integers([0])], {}, output.name))
    const steps = build.node('Squeeze', [direct, build.integers([1])], {}, `${output.name}/steps`)
    const inTime = build.node('Transpose', [steps], { perm: [1, 0, 2] }, `${output.name}/inTime`)
    build.has(output, backwards ? reversed(build, inTime, [1], output.name) : inTime)
  }
}

/** Those of the gates first. */
function activationsOf({ cell, activation, gate }: RecurrentAttributes): string[] {
  const bend = ACTIVATIONS[activation]!
  if (cell === 'simpleRnn') return [bend]
  return cell === 'gru' ? [ACTIVATIONS[gate!]!, bend] : [ACTIVATIONS[gate!]!, bend, bend]
}

/** ONNX adds a bias to the inputs' product and one to the states'; only a GRU of Keras has both. */
function biases(
  values: ArrayLike<number>,
  { cell, units, resetAfter }: RecurrentAttributes,
  gates: readonly number[]
): Float32Array {
  const rows = gates.length * units
  const made = new Float32Array(2 * rows)
  const all = Float32Array.from(values)
  made.set(turned(all.subarray(0, rows), 1, units, gates))
  if (cell === 'gru' && resetAfter) made.set(turned(all.subarray(rows), 1, units, gates), rows)
  return made
}
