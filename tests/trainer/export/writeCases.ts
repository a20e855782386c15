import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { exportFolder } from '@core/export/folder'
import type { ExportFormat } from '@core/export/format'
import { exportedWeights } from '@core/export/weights'
import type { Ops } from '@core/registry/define'
import { fullConfig } from '@core/registry/complete'
import { ownAnswers } from '@trainer/export/reference'
import type { ExportCase } from './cases'
import { toolsFor } from './tools'

/** What became of a network in a format: its files lie there, or why it was refused. */
export interface Written {
  readonly case: string
  readonly format: string
  readonly refused?: string
}

/** Writes networks in these formats as tests/export/check.py wants them. */
export async function writeCases(
  folder: string,
  cases: readonly ExportCase[],
  formats: readonly ExportFormat[],
  ops: Ops
): Promise<readonly Written[]> {
  const written: Written[] = []
  for (const [i, { name, model, samples }] of cases.entries()) {
    const place = join(folder, String(i).padStart(4, '0'))
    const weights = exportedWeights(model)
    save(join(place, 'x.bin'), samples.x)
    const answers = ownAnswers(ops, model, samples)
    save(join(place, 'y.bin'), answers)
    save(join(place, 'weights.bin'), Float32Array.from(weights.flatMap(({ values }) => [...values])))
    const { shape } = model.plan.source
    const facts = { name, shape, rows: samples.rows, weights: weights.map((w) => [w.name, w.shape]) }
    writeFileSync(join(place, 'case.json'), JSON.stringify(facts))
    for (const format of formats) {
      const config = fullConfig(format.fields)
      const [problem] = format.refuses(model, config)
      if (problem) {
        written.push({ case: name, format: format.type, refused: problem.message })
        continue
      }
      const files = await exportFolder(format, model, config, await toolsFor(samples, answers))
      for (const [file, bytes] of Object.entries(files)) save(join(place, format.type, file), bytes)
      const rounded = format.rounded?.(model, samples)
      if (rounded) save(join(place, `y.${format.type}.bin`), rounded)
      written.push({ case: name, format: format.type })
    }
  }
  return written
}

function save(path: string, data: Uint8Array | Float32Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
}
