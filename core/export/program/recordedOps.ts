import type { Ops, Tensor } from '../../registry/define'
import type { BinaryKind, CompareKind, ReduceKind, UnaryKind, ValueType } from './program'
import { BATCH, countOf, toSizes, type Recorder } from './recorder'
import { recordedWindows } from './recordedWindows'
import { recordedSequence, type KeepsWhole } from './recordedSequence'

type Given = Tensor | number | boolean

const UNARY: readonly UnaryKind[] = [
  'neg',
  'abs',
  'sign',
  'square',
  'sqrt',
  'rsqrt',
  'exp',
  'log',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'relu',
  'elu',
  'softplus'
]
const BINARY: readonly BinaryKind[] = ['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'pow']
const COMPARE: readonly CompareKind[] = ['greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'notEqual']
const REDUCE: readonly ReduceKind[] = ['sum', 'mean', 'max', 'min']

/**
 * Operations that compute nothing and write down what is asked of them, in the place of an engine's. They know what
 * layers and activations ask for while a network answers, which the tests hold for the whole registry; anything else is
 * refused by name.
 */
export function recordedOps(recorder: Recorder, keepsWhole: KeepsWhole): Ops {
  const known: { readonly [op: string]: unknown } = {
    ...elementwise(recorder),
    ...arranging(recorder),
    ...making(recorder),
    ...recordedWindows(recorder),
    ...recordedSequence(recorder, keepsWhole)
  }
  return new Proxy(known, {
    get: (ops, name) =>
      ops[name as string] ??
      (name === 'image' ? undefined : () => recorder.refuse(`the operation ${String(name)}`))
  }) as unknown as Ops
}

/** The shape of two shapes that are stretched to each other. */
export function stretched(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const [m, n] = [a.at(i - rank) ?? 1, b.at(i - rank) ?? 1]
    if (m !== n && m !== 1 && n !== 1) throw new Error(`${a.join()} does not go with ${b.join()}.`)
    return m === 1 ? n : m
  })
}

function elementwise(recorder: Recorder) {
  const scalar = (x: Given, type: ValueType): Tensor =>
    typeof x === 'object'
      ? x
      : recorder.constant((type === 'float32' ? Float32Array : Int32Array).of(Number(x)), [], type)
  const typed = (x: Given, y: Given): [Tensor, Tensor] => {
    const type = ((typeof x === 'object' ? x : (y as Tensor)).dtype ?? 'float32') as ValueType
    const both: [Tensor, Tensor] = [scalar(x, type), scalar(y, type)]
    if (both[0].dtype !== both[1].dtype)
      recorder.refuse(`numbers of two types, ${both[0].dtype} and ${both[1].dtype}`)
    return both
  }
  const unary = UNARY.map((kind) => [
    kind,
    (x: Tensor): Tensor => recorder.step('unary', [x], { kind }, x.shape)
  ])
  const binary = BINARY.map((kind) => [
    kind,
    (x: Given, y: Given): Tensor => {
      const [a, b] = typed(x, y)
      return recorder.step('binary', [a, b], { kind }, stretched(a.shape, b.shape), a.dtype as ValueType)
    }
  ])
  const compare = COMPARE.map((kind) => [
    kind,
    (x: Given, y: Given): Tensor => {
      const [a, b] = typed(x, y)
      return recorder.step('compare', [a, b], { kind }, stretched(a.shape, b.shape), 'bool')
    }
  ])
  return {
    ...(Object.fromEntries([...unary, ...binary, ...compare]) as { readonly [op: string]: unknown }),
    leakyRelu: (x: Tensor, alpha = 0.2): Tensor => recorder.step('leakyRelu', [x], { alpha }, x.shape),
    cast: (x: Tensor, to: ValueType): Tensor =>
      x.dtype === to ? x : recorder.step('cast', [x], { to }, x.shape, to),
    where: (condition: Tensor, a: Tensor, b: Tensor): Tensor =>
      recorder.step('where', [condition, a, b], {}, stretched(condition.shape, stretched(a.shape, b.shape))),
    softmax: (x: Tensor, axis = -1): Tensor =>
      axis === -1 || axis === x.rank - 1
        ? recorder.step('softmax', [x], {}, x.shape)
        : recorder.refuse('softmax over an axis that is not the last one')
  }
}

function making(recorder: Recorder) {
  const filled = (value: number) => (shape: number[]) => {
    const { count, batches } = countOf(shape)
    if (batches === 0) return recorder.constant(new Float32Array(count).fill(value), shape)
    return recorder.step('fill', [], { value, shape: toSizes(shape) }, shape)
  }
  const numbers = (values: unknown): Float32Array => Float32Array.from([values].flat(Infinity) as number[])
  return {
    zeros: filled(0),
    ones: filled(1),
    fill: (shape: number[], value: number): Tensor => filled(value)(shape),
    zerosLike: (x: Tensor): Tensor => filled(0)(x.shape),
    onesLike: (x: Tensor): Tensor => filled(1)(x.shape),
    scalar: (value: number): Tensor => recorder.constant(Float32Array.of(value), []),
    tensor1d: (values: number[]): Tensor => recorder.constant(numbers(values), [values.length]),
    tensor2d: (values: number[][]): Tensor =>
      recorder.constant(numbers(values), [values.length, values[0]!.length])
  }
}

function arranging(recorder: Recorder) {
  const axesOf = (x: Tensor, axes?: number | readonly number[]): number[] =>
    axes === undefined
      ? x.shape.map((_, axis) => axis)
      : [axes].flat().map((axis) => (axis as number) + ((axis as number) < 0 ? x.rank : 0))
  const type = (x: Tensor): ValueType => x.dtype as ValueType

  const reshape = (x: Tensor, wanted: readonly number[]): Tensor => {
    const open = wanted.indexOf(-1)
    const [has, asked] = [countOf(x.shape), countOf(wanted.filter((size) => size !== -1))]
    const rest = (has.count / asked.count) * BATCH ** (has.batches - asked.batches)
    const shape = wanted.map((size, axis) => (axis === open ? rest : size))
    if (shape.join() === x.shape.join()) return x
    return recorder.step('reshape', [x], { to: toSizes(shape) }, shape, type(x))
  }
  const slice = (x: Tensor, begin: readonly number[], size: readonly number[]): Tensor => {
    const shape = size.map((n, axis) => (n === -1 ? x.shape[axis]! - begin[axis]! : n))
    if (shape.join() === x.shape.join()) return x
    return recorder.step('slice', [x], { begin, size: toSizes(shape) }, shape, type(x))
  }
  const slices = (x: Tensor, widths: readonly number[], axis: number): Tensor[] => {
    let at = 0
    return widths.map((width) => {
      const begin = x.shape.map((_, i) => (i === axis ? at : 0))
      at += width
      return slice(
        x,
        begin,
        x.shape.map((n, i) => (i === axis ? width : n))
      )
    })
  }
  const concat = (tensors: readonly Tensor[], axis = 0): Tensor => {
    const [first] = tensors as [Tensor]
    const along = axesOf(first, axis)[0]!
    if (tensors.length === 1) return first
    const length = tensors.reduce((sum, x) => sum + x.shape[along]!, 0)
    const shape = first.shape.map((n, i) => (i === along ? length : n))
    return recorder.step('concat', tensors, { axis: along }, shape, type(first))
  }
  const expandDims = (x: Tensor, axis = 0): Tensor => {
    const at = axis < 0 ? axis + x.rank + 1 : axis
    return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)])
  }
  const transpose = (x: Tensor, order: readonly number[] = x.shape.map((_, i) => x.rank - 1 - i)): Tensor =>
    order.every((from, to) => from === to)
      ? x
      : recorder.step(
          'transpose',
          [x],
          { order },
          order.map((axis) => x.shape[axis]!),
          type(x)
        )
  const reducing =
    (kind: ReduceKind) =>
    (x: Tensor, over?: number | readonly number[], keep = false): Tensor => {
      const axes = axesOf(x, over)
      const shape = x.shape.flatMap((n, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [n]))
      return recorder.step('reduce', [x], { kind, axes, keep }, shape)
    }
  const asNumbers = (x: Tensor): Tensor => recorder.step('cast', [x], { to: 'float32' }, x.shape)
  return {
    reshape,
    slice,
    concat,
    expandDims,
    transpose,
    ...Object.fromEntries(REDUCE.map((kind) => [kind, reducing(kind)])),
    any: (x: Tensor, axis?: number, keep?: boolean): Tensor => {
      const most = reducing('max')(asNumbers(x), axis, keep)
      return recorder.step('cast', [most], { to: 'bool' }, most.shape, 'bool')
    },
    clone: (x: Tensor): Tensor => x,
    squeeze: (x: Tensor, axes?: readonly number[]): Tensor => {
      const gone = axes && axesOf(x, axes)
      return reshape(
        x,
        x.shape.filter((n, axis) => !(gone ? gone.includes(axis) : n === 1))
      )
    },
    split: (x: Tensor, parts: number | readonly number[], axis = 0): Tensor[] => {
      const along = axesOf(x, axis)[0]!
      const each = typeof parts === 'number' ? new Array<number>(parts).fill(x.shape[along]! / parts) : parts
      return slices(x, each, along)
    },
    unstack: (x: Tensor, axis = 0): Tensor[] => {
      const along = axesOf(x, axis)[0]!
      const shape = x.shape.filter((_, i) => i !== along)
      return slices(x, new Array<number>(x.shape[along]!).fill(1), along).map((part) => reshape(part, shape))
    },
    stack: (tensors: readonly Tensor[], axis = 0): Tensor =>
      concat(
        tensors.map((x) => expandDims(x, axis)),
        axis < 0 ? axis + tensors[0]!.rank + 1 : axis
      ),
    reverse: (x: Tensor, over?: number | readonly number[]): Tensor =>
      recorder.step('reverse', [x], { axes: axesOf(x, over) }, x.shape, type(x)),
    pad: (x: Tensor, pads: readonly (readonly [number, number])[], value = 0): Tensor =>
      recorder.step(
        'pad',
        [x],
        { pads, value },
        x.shape.map((n, i) => n + pads[i]![0] + pads[i]![1])
      ),
    gather: (table: Tensor, numbers: Tensor): Tensor =>
      table.rank === 2
        ? recorder.step('gather', [table, numbers], {}, [...numbers.shape, table.shape[1]!])
        : recorder.refuse('taking places out of something that is no table'),
    matMul: (a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor => {
      if (a.rank !== 2 || b.rank !== 2) recorder.refuse('a product of more than two axes')
      const shape = [a.shape[transposeA ? 1 : 0]!, b.shape[transposeB ? 0 : 1]!]
      return recorder.step('matMul', [a, b], { transposeA, transposeB }, shape)
    },
    /** Slopes are not asked for. */
    customGrad:
      (f: (...args: unknown[]) => { readonly value: Tensor }) =>
      (...tensors: Tensor[]): Tensor =>
        f(...tensors, () => undefined).value
  }
}
