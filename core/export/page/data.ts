import type { Dataset } from '../../data/dataset'
import { planeInputs } from '../../data/points/inputs'
import { sizeOf } from '../../graph/signal'
import { packNumbers, unpackFloats, unpackInts } from '../base64'
import { parametersOf, type ExportModel } from '../model'

/** Examples, right answers and parts of a data set, as `packNumbers` writes them. */
export interface PackedData {
  /** Places of points where the examples are points, else the examples. */
  readonly x: string
  readonly y: string
  readonly train: string
  readonly validation: string
  readonly test: string
}

/** A page trains what takes a browser less than about a second an epoch, and no more data than a page can carry. */
const MOST_NUMBERS = 100_000
const MOST_WORK = 20_000_000

/** Is the network small enough, and of a kind, to be trained in a page? */
export function learnsOnPage(
  { plan, document, data }: ExportModel,
  { x, y, rows, parts, target }: Dataset
): boolean {
  const rowsOnly = plan.nodes.every(({ shape }) => shape.length <= 1)
  const [{ scheme }, work] = [document.training, parts.train.length * parametersOf({ plan })]
  return (
    scheme.type === 'supervised' &&
    document.networks.length === 1 &&
    rowsOnly &&
    data.scale === 1 &&
    data.symbols === undefined &&
    y !== undefined &&
    parts.train.length > 0 &&
    x.length + rows * sizeOf(target.shape) <= MOST_NUMBERS &&
    work <= MOST_WORK
  )
}

export function packData({ x, y, plane, parts }: Dataset): PackedData {
  return {
    x: packNumbers(plane?.points ?? Float32Array.from(x)),
    y: packNumbers(y!),
    train: packNumbers(parts.train),
    validation: packNumbers(parts.validation),
    test: packNumbers(parts.test)
  }
}

/** The data set that was packed, of these shapes. */
export function unpackData(
  packed: PackedData,
  about: Pick<Dataset, 'features' | 'classes' | 'shape' | 'target'> & {
    readonly plane?: Omit<NonNullable<Dataset['plane']>, 'points'>
  }
): Dataset {
  const { features, classes, shape, target, plane } = about
  const values = unpackFloats(packed.x)
  const x = plane ? planeInputs(values, plane.inputs) : values
  return {
    ...{ features, classes, shape, target, x },
    scale: 1,
    y: target.classes === undefined ? unpackFloats(packed.y) : unpackInts(packed.y),
    rows: x.length / sizeOf(shape),
    parts: {
      train: unpackInts(packed.train),
      validation: unpackInts(packed.validation),
      test: unpackInts(packed.test)
    },
    ...(plane ? { plane: { ...plane, points: values } } : {})
  }
}
