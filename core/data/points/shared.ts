import type { SourceDescription } from '../../registry/define'
import type { ChoicesField, FloatField, IntField } from '../../registry/fields'
import { PLACES, PLANE_INPUTS, type PlaneInputName } from './inputs'

/** How many points a generator makes. */
export const samples = {
  kind: 'int',
  label: 'Points',
  unit: 'points',
  help: 'How many points there are in all.',
  default: 200,
  min: 10,
  max: 20_000
} as const satisfies IntField

/** What the network gets of each point. */
export const inputs = {
  kind: 'choices',
  label: 'Inputs',
  help: 'What the network gets of each point. With the right inputs a single neuron can draw a curve.',
  default: PLACES.join(' '),
  options: Object.entries(PLANE_INPUTS).map(([value, { label, help }]) => ({ value, label, help }))
} as const satisfies ChoicesField

/** Examples that are points of the plane, of which the network gets these inputs. */
export function planeOf(chosen: string) {
  const names = chosen.split(' ') as PlaneInputName[]
  return {
    features: names.map((name) => PLANE_INPUTS[name].label),
    shape: [names.length],
    plane: { inputs: names }
  }
}

interface PointsConfig {
  readonly samples: number
  readonly inputs: string
}

/** The noise setting of a generator. */
export function noise<const D extends { default: number; max: number; help: string }>(d: D) {
  return { kind: 'float', label: 'Noise', min: 0, step: 0.05, ...d } as const satisfies FloatField
}

/** The noise setting of the classic browser playground: 0 to 0.5. */
export const playgroundNoise = noise({
  default: 0.1,
  max: 0.5,
  help: 'How much the points are shaken. 0 is clean, 0.5 is hard.'
})

/** Describes points in the plane with these two classes. */
export function twoClasses(first: string, second: string) {
  return ({ samples: rows, inputs: chosen }: PointsConfig): SourceDescription => ({
    ...planeOf(chosen),
    classes: [first, second],
    target: { classes: 2, shape: [] },
    rows
  })
}

/** Describes points in the plane with a number each. */
export function oneNumber({ samples: rows, inputs: chosen }: PointsConfig): SourceDescription {
  return { ...planeOf(chosen), classes: [], target: { shape: [1] }, rows }
}

/** Rows from a function that makes one point and its number: [x, y, number]. */
export function valueRows(n: number, point: (i: number) => readonly [number, number, number]) {
  const x = new Float32Array(2 * n)
  const y = new Float32Array(n)
  for (let i = 0; i < n; i++) {
    const p = point(i)
    x[2 * i] = p[0]
    x[2 * i + 1] = p[1]
    y[i] = p[2]
  }
  return { x, y }
}

/** Rows from a function that makes one point: [x, y, class]. */
export function pointRows(n: number, point: (i: number) => readonly [number, number, number]) {
  const x = new Float32Array(2 * n)
  const y = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    const p = point(i)
    x[2 * i] = p[0]
    x[2 * i + 1] = p[1]
    y[i] = p[2]
  }
  return { x, y }
}
