import type { Dataset } from '@core/data/dataset'
import type { Axis } from '@core/data/preparation/columns'
import { sizeOf } from '@core/graph/signal'

/** [x from, x to, y from, y to] */
export type Domain = [number, number, number, number]

/** Examples that are points in a plane: [rows, 2]. */
export interface Points extends Dataset {
  readonly x: Float32Array
}

/** Points in a plane with a class each. */
export interface ClassPoints extends Points {
  readonly y: Int32Array
}

/** The data as points in a plane, whatever the network gets of them; undefined where its examples are something else. */
export function pointsOf(dataset: Dataset): Points | undefined {
  const { shape, x, rows, plane } = dataset
  if (plane && (rows > 0 || plane.domain))
    return { ...dataset, x: plane.points, shape: [2], features: ['x', 'y'] }
  if (shape.length !== 1 || shape[0] !== 2 || rows === 0 || !(x instanceof Float32Array)) return undefined
  return dataset as Points
}

/** Points in a plane with a class or a number each: what a map of the network's answers is drawn for. */
export interface MapPoints extends Points {
  readonly y: Int32Array | Float32Array
  /** What the directions are in a table: from left to right, from bottom to top. */
  readonly axes?: readonly [Axis, Axis]
  /** A number that is an answer in the unit of its column. */
  readonly toAnswer?: (value: number) => number
}

/** The data as points with a class or a number each; undefined where examples or answers are something else. */
export function mapPointsOf(dataset: Dataset): MapPoints | undefined {
  return colouredBy(dataset) === undefined ? undefined : (pointsOf(dataset) as MapPoints | undefined)
}

/** The data as points with a class each; undefined where examples or answers are something else. */
export function classPointsOf(dataset: Dataset): ClassPoints | undefined {
  return colouredBy(dataset) === 'class' ? (pointsOf(dataset) as ClassPoints | undefined) : undefined
}

/** What the colour of a point tells: its class, or its number where it has just one; undefined for anything else. */
export function colouredBy({ target, y }: Dataset): 'class' | 'number' | undefined {
  if (target.classes === undefined) return y && sizeOf(target.shape) === 1 ? 'number' : undefined
  return target.shape.length === 0 && y instanceof Int32Array ? 'class' : undefined
}

/** The part of the plane that is drawn on, or that holds all points with a margin. */
export function planeDomain({ x, rows, plane }: Points): Domain {
  if (plane?.domain) return [...plane.domain]
  const domain: Domain = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < rows; i++)
    for (const axis of [0, 1] as const) {
      const v = x[2 * i + axis]!
      if (v < domain[2 * axis]!) domain[2 * axis] = v
      if (v > domain[2 * axis + 1]!) domain[2 * axis + 1] = v
    }
  for (const axis of [0, 1] as const) {
    const margin = 0.1 * (domain[2 * axis + 1]! - domain[2 * axis]!) || 1
    domain[2 * axis]! -= margin
    domain[2 * axis + 1]! += margin
  }
  return domain
}
