import Papa from 'papaparse'
import { trainAccuracy, trainLoss } from '@core/run/point'
import type { EpochPoint } from '@core/run/events'
import type { BatchLosses } from '@core/run/batchLosses'

/** A table of the epochs: a row each, a column for everything that was measured. Numbers are exact. */
export function epochsCsv(history: readonly EpochPoint[]): string {
  const columns: [string, (p: EpochPoint) => number | undefined][] = [
    ['epoch', (p) => p.epoch],
    ['step', (p) => p.step],
    ['train_loss', trainLoss],
    ['validation_loss', (p) => p.valLoss],
    ['train_accuracy', trainAccuracy],
    ['validation_accuracy', (p) => p.valAccuracy],
    ...namesOf(history, (p) => p.phases).map((name): [string, (p: EpochPoint) => number | undefined] => [
      `loss_${name}`,
      (p) => p.phases?.[name]
    ]),
    ...namesOf(history, (p) => ({ ...p.trainMetrics, ...p.valMetrics })).flatMap(
      (name): [string, (p: EpochPoint) => number | undefined][] => [
        [`train_${name}`, (p) => p.trainMetrics?.[name]],
        [`validation_${name}`, (p) => p.valMetrics?.[name]]
      ]
    )
  ]
  const told = columns.filter(([, of]) => history.some((p) => of(p) !== undefined))
  return table(
    told.map(([name]) => name),
    history.map((p) => told.map(([, of]) => of(p)))
  )
}

/** A table of the updates: a row each, or a row for each stretch of them with its least and largest loss. */
export function batchesCsv({ from, stride, length, low, high }: BatchLosses): string {
  const rows: (number | undefined)[][] = []
  for (let i = 0; i < length; i++) {
    const step = from + i * stride + 1
    if (Number.isNaN(low[i]!)) continue
    rows.push(stride === 1 ? [step, low[i]] : [step, low[i], high[i]])
  }
  return table(stride === 1 ? ['step', 'loss'] : ['step', 'least_loss', 'largest_loss'], rows)
}

function namesOf(
  history: readonly EpochPoint[],
  of: (p: EpochPoint) => { readonly [name: string]: number } | undefined
): readonly string[] {
  return [...new Set(history.flatMap((p) => Object.keys(of(p) ?? {})))]
}

const table = (fields: readonly string[], data: readonly (readonly (number | undefined)[])[]): string =>
  `${Papa.unparse({ fields: [...fields], data: data.map((row) => row.map((v) => v ?? '')) }, { newline: '\n' })}\n`
