import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import {
  answerOf,
  applyPreparation,
  fitPreparation,
  type Preparation
} from '@core/data/preparation/preparation'
import { planTable } from '@core/data/table/plan'
import { PREPARE_PY, prepareUsage } from '@core/export/preparePython'
import { tableFile } from './helpers/tables'

const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0)

const { file, table } = tableFile(
  [
    'age,port,when,fare',
    '22,S,2024-01-31,7.25',
    ',C,2023-05-01,71.3',
    '26,S,2022-12-24,7.9',
    '35,,2024-02-29,53.1',
    ''
  ].join('\n')
)
const plan = planTable(
  {
    task: 'auto',
    scaling: 'standardise',
    columns: [
      { name: 'fare', role: 'target' },
      { name: 'age', fill: 'median', flag: true },
      { name: 'when', kind: 'datetime' }
    ]
  },
  file.table
)
const all = Int32Array.of(0, 1, 2, 3)
const fitted = fitPreparation(plan, file.table, table, all)

/** What prepare.py makes of rows. */
function inPython(
  preparation: Preparation,
  rows: readonly object[]
): { readonly prepared: readonly (readonly number[])[]; readonly answer: number } {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-prepare-'))
  try {
    writeFileSync(join(folder, 'prepare.py'), PREPARE_PY)
    writeFileSync(join(folder, 'preparation.json'), JSON.stringify({ table: preparation }))
    writeFileSync(join(folder, 'rows.json'), JSON.stringify(rows))
    const script = resolve(import.meta.dirname, '../export/prepare_rows.py')
    const asked = spawnSync(python!, [script, folder], { encoding: 'utf8' })
    expect(asked.stderr).toBe('')
    return JSON.parse(asked.stdout)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

// Any Python will do: prepare.py needs nothing else.
test.runIf(python !== undefined)('prepare.py gives the numbers that the app gives', () => {
  const at = (text: string) => ({ ms: Date.parse(`${text}T00:00:00Z`) })
  const { prepared, answer } = inPython(fitted, [
    { age: 22, port: 'S', when: at('2024-01-31') },
    { age: null, port: 'C', when: at('2023-05-01') },
    { age: 26, port: 'S', when: at('2022-12-24') },
    { age: 35, port: null, when: at('2024-02-29') }
  ])
  const x = applyPreparation(
    fitted,
    plan.inputs.map(({ place }) => table.columns[place]!),
    all
  )
  const width = x.length / 4
  expect(prepared.map((row) => row.length)).toEqual([width, width, width, width])
  prepared.flat().forEach((value, i) => expect(value).toBeCloseTo(x[i]!, 5))
  expect(answer).toBeCloseTo(answerOf(fitted, 0.25), 9)
})

test.runIf(python !== undefined)('prepare.py cuts texts as the app does', () => {
  const texts = [
    "It’s GREAT, isn't it?",
    'Straße 12 – naïve café',
    'Cafe\u0301 ½ 東京 नमस्ते',
    '!!!',
    'new words here'
  ]
  const csv = ['text,kind', ...texts.map((text, i) => `"${text}",${i % 2 === 0 ? 'a' : 'b'}`), ''].join('\n')
  const { file, table } = tableFile(csv)
  for (const encode of ['words', 'characters']) {
    const columns = [{ name: 'text', role: 'input' as const, kind: 'text' as const, encode, length: 12 }]
    const plan = planTable({ task: 'class', scaling: 'none', columns }, file.table)
    const fitted = fitPreparation(plan, file.table, table, Int32Array.of(0, 1, 2, 3))
    const x = applyPreparation(fitted, [table.columns[0]!], Int32Array.from(texts.keys()))
    const rows = texts.map((text) => ({ text }))
    expect(inPython(fitted, rows).prepared.flat()).toEqual([...x])
  }
})

test('the README shows a row with every column', () => {
  const code = prepareUsage(fitted)
  for (const { name } of fitted.inputs) expect(code).toContain(`"${name}": `)
  expect(code).toContain('datetime(2023, 1, 31)')
})
