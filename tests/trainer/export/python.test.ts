import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasOnnxCell } from '@core/export/onnx/recurrent'
import { onnxFile } from '@core/export/onnx/write'
import type { Program } from '@core/export/program/program'
import { trace } from '@core/export/program/trace'
import { savedModelFile } from '@core/export/tensorflow/write'
import type { Ops } from '@core/registry/define'
import { layerNetworks } from '../../core/helpers/layerNetworks'
import { chainRecipe, documentOf, recipe, sequenceRecipe } from '../../core/helpers/networks'
import { opsOn } from '../opsOn'
import { difference, exampleOf, tamed, type Example } from './traced'

/** A Python with tensorflow, onnx and onnxruntime; without one there is nothing to ask. */
const python = process.env['NETLOOM_EXPORT_PYTHON']
const script = resolve(import.meta.dirname, '../../oracles/exports/operations.py')
const networks = Number(process.env['NETLOOM_EXPORT_NETWORKS'] ?? 200)

/** The file of each format, and whether the format keeps recurrent layers whole. */
const formats: {
  readonly [format: string]: { readonly file: string; readonly bytes: (example: Example) => Uint8Array }
} = {
  onnx: { file: 'network.onnx', bytes: ({ traced }) => onnxFile(trace(traced, hasOnnxCell), 'network', {}) },
  savedModel: { file: 'network/saved_model.pb', bytes: ({ traced }) => savedModelFile(traceOf(traced)) }
}
const traceOf = (traced: Example['traced']): Program => trace(traced)

describe.runIf(python !== undefined)('real programs answer as the engine does', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-exports-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let ops: Ops
  const cases: { readonly title: string; readonly example: Example }[] = []
  beforeAll(async () => {
    ops = await opsOn('native')
    for (const { type, title, document } of layerNetworks())
      cases.push({ title: `${type}, ${title}`, example: exampleOf(ops, document) })
    const any = fc.sample(fc.oneof(recipe, recipe, chainRecipe, sequenceRecipe), {
      numRuns: networks,
      seed: 14
    })
    for (const [i, from] of any.entries()) {
      const example = exampleOf(ops, documentOf(from))
      if (tamed(example)) cases.push({ title: `network ${i}`, example })
    }
  }, 600_000)

  test.each(Object.entries(formats))(
    '%s',
    (format, { file, bytes }) => {
      const listed = cases.map(({ example }, i) => {
        const own = `${format}/${i}`
        const write = (name: string, content: Uint8Array): void => {
          mkdirSync(dirname(join(folder, name)), { recursive: true })
          writeFileSync(join(folder, name), content)
        }
        write(`${own}/${file}`, bytes(example))
        write(`${own}/x`, new Uint8Array(example.x.buffer))
        const shape = [example.rows, ...example.traced.plan.source.shape]
        const given = format === 'savedModel' ? `${own}/network` : `${own}/${file}`
        return { format, file: given, x: `${own}/x`, shape, answers: `${own}/answers` }
      })
      writeFileSync(join(folder, 'cases.json'), JSON.stringify(listed))
      execFileSync(python!, [script, folder], {
        env: {
          ...process.env,
          TF_CPP_MIN_LOG_LEVEL: '3',
          CUDA_VISIBLE_DEVICES: '',
          KERAS_BACKEND: 'tensorflow'
        },
        stdio: ['ignore', 'ignore', 'ignore']
      })
      const wrong = cases.flatMap(({ title, example }, i) => {
        const at = join(folder, listed[i]!.answers)
        if (existsSync(`${at}.error`)) return [`${title}: ${readFileSync(`${at}.error`, 'utf8')}`]
        const answers = new Float32Array(Uint8Array.from(readFileSync(at)).buffer)
        const beyond = difference(answers, example.answers)
        return beyond > 0 ? [`${title}: ${beyond} beyond rounding`] : []
      })
      expect(wrong).toEqual([])
    },
    1_800_000
  )
})
