import type { ExportModel } from '@core/export/model'
import { compareAnswers } from '@core/export/proof'
import { restored, store, type NumberKind } from '@core/export/tflite/rounding'
import { operations } from '../operations'
import { ownAnswers, type Samples } from '../reference'
import type { Reader } from './reader'

const WORDS = { float16: '16-bit', int8: '8-bit' } as const

/** Nothing here runs these files. What rounding costs is measured with Netloom's own layers. */
export const readTflite =
  (kind: NumberKind): Reader =>
  async ({ model, samples }) => {
    const nobody = 'TensorFlow Lite is not part of Netloom: the file itself was not tried here.'
    if (kind === 'float32') return { reader: undefined, unchecked: nobody }
    return {
      reader: undefined,
      unchecked: `${nobody} ${await roundingCost(kind, model, samples)}`
    }
  }

async function roundingCost(kind: 'float16' | 'int8', model: ExportModel, samples: Samples): Promise<string> {
  const { ops } = await operations()
  const values = new Map(
    model.plan.weights.map(({ name, spec }) => {
      const value = { name, type: 'float32', shape: spec.shape } as const
      const own = model.values.get(name)!
      const stored = store({ value, values: own }, /bias$/.test(name) ? 'float32' : kind)
      return [name, Float32Array.from(restored(stored))]
    })
  )
  const [whole, rounded] = [ownAnswers(ops, model, samples), ownAnswers(ops, { ...model, values }, samples)]
  const { difference } = compareAnswers(rounded, whole)
  const moved = `With ${WORDS[kind]} weights its answers to ${samples.rows} examples move by up to ${difference.toPrecision(2)}`
  const width = model.plan.prediction.at(-1) ?? 1
  if (model.data.classes.length === 0 || width < 2) return `${moved}.`
  const places = whole.length / width
  const others = Array.from({ length: places }, (_, i) => i).filter(
    (i) => largestIn(whole, i, width) !== largestIn(rounded, i, width)
  ).length
  return `${moved}; ${others === 0 ? 'none' : others} of ${places} becomes another class.`
}

function largestIn(values: Float32Array, row: number, width: number): number {
  const own = values.subarray(row * width, (row + 1) * width)
  return own.indexOf(Math.max(...own))
}
