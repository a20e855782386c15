import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { answerOf, applyPreparation, fitPreparation } from '@core/data/preparation/preparation'
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

// Any Python will do: prepare.py needs nothing else.
test.runIf(python !== undefined)('prepare.py gives the numbers that the app gives', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-prepare-'))
  try {
    writeFileSync(join(folder, 'prepare.py'), PREPARE_PY)
    writeFileSync(join(folder, 'preparation.json'), JSON.stringify({ table: fitted }))
    const at = (text: string) => ({ ms: Date.parse(`${text}T00:00:00Z`) })
    const rows = [
      { age: 22, port: 'S', when: at('2024-01-31') },
      { age: null, port: 'C', when: at('2023-05-01') },
      { age: 26, port: 'S', when: at('2022-12-24') },
      { age: 35, port: null, when: at('2024-02-29') }
    ]
    writeFileSync(join(folder, 'rows.json'), JSON.stringify(rows))
    const script = resolve(import.meta.dirname, '../export/prepare_rows.py')
    const asked = spawnSync(python!, [script, folder], { encoding: 'utf8' })
    expect(asked.stderr).toBe('')
    const { prepared, answer } = JSON.parse(asked.stdout) as { prepared: number[][]; answer: number }
    const x = applyPreparation(
      fitted,
      plan.inputs.map(({ place }) => table.columns[place]!),
      all
    )
    const width = x.length / 4
    expect(prepared.map((row) => row.length)).toEqual([width, width, width, width])
    prepared.flat().forEach((value, i) => expect(value).toBeCloseTo(x[i]!, 5))
    expect(answer).toBeCloseTo(answerOf(fitted, 0.25), 9)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the README shows a row with every column', () => {
  const code = prepareUsage(fitted)
  for (const { name } of fitted.inputs) expect(code).toContain(`"${name}": `)
  expect(code).toContain('datetime(2023, 1, 31)')
})
