import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NewAnswers } from '@core/answers/newAnswers'
import type { ReadRows, RowsForm } from '@core/ipc/newRows'
import { autoOptions } from '@core/data/table/sniff'
import { unwrap } from '@core/result'
import { newRowsAnswers } from '@trainer/data/newRows/answers'
import { openRows } from '@trainer/data/newRows/open'
import { classIn } from '@trainer/data/newRows/pictures'
import { inProcess } from '@trainer/data/pictures/pool'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-rows-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Length is standardised with mean 5 and deviation 2; colour is one of three. */
const form: Extract<RowsForm, { kind: 'table' }> = {
  kind: 'table',
  read: { ...autoOptions, header: 'yes' },
  preparation: {
    decimal: '.',
    inputs: [
      {
        ...{ name: 'length', kind: 'number', order: 'ymd', vocabulary: [], flag: false, names: ['length'] },
        fill: { type: 'dropRow', value: null },
        encode: { type: 'standardise', state: [5, 2] }
      },
      {
        ...{
          name: 'colour',
          kind: 'category',
          order: 'ymd',
          vocabulary: ['blue', 'green', 'red'],
          flag: false
        },
        names: ['colour = blue', 'colour = green', 'colour = red'],
        fill: { type: 'empty', value: null },
        encode: { type: 'oneHot', state: [1, 1, 1] }
      }
    ],
    target: { name: 'kind', classes: ['a', 'b'] }
  }
}

async function all(paths: readonly string[], wanted: RowsForm): Promise<readonly ReadRows[]> {
  const reader = unwrap(await openRows(paths, wanted, inProcess))
  const pieces: ReadRows[] = []
  do pieces.push(unwrap(await reader.next()))
  while (!pieces.at(-1)!.last)
  reader.close()
  return pieces
}
const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

describe('a new table', () => {
  const rows = [
    'kind;Length;colour;note',
    'a;7,0;red;fine',
    'b;long;red;',
    '',
    'a;3;mauve;"two; parts"',
    'b;;blue;',
    'c;1;green',
    'b;5;NA;"x"'
  ]

  test('is prepared as the training table was; each bad row says why, with its line', async () => {
    const [piece, ...more] = await all([put('new.csv', rows.join('\n'))], form)
    expect(more).toEqual([])
    // (7 − 5) ÷ 2 = 1 and red; (5 − 5) ÷ 2 = 0 and no colour. Names may differ in capitals.
    expect([...piece!.x]).toEqual([1, 0, 0, 1, 0, 0, 0, 0])
    expect([...piece!.rows]).toEqual([0, 5])
    expect([...piece!.truth!]).toEqual([0, 1])
    expect([...piece!.places]).toEqual([2, 3, 5, 6, 7, 8])
    expect(piece!.failures).toEqual([
      { row: 1, message: 'length is “long”, which is not a number.' },
      {
        row: 2,
        message: 'colour is “mauve”, which the network has never seen. It knows blue, green, red.'
      },
      { row: 3, message: 'length is empty.' },
      { row: 4, message: 'The line has 3 columns, the first line has 4: note is missing.' }
    ])
    expect(piece!.lines[2]).toBe('a,3,mauve,two; parts')
    expect(piece).toMatchObject({ total: 6, columns: ['kind', 'Length', 'colour', 'note'] })
  })

  test('a column that is missing is named with the way out', async () => {
    const reader = unwrap(await openRows([put('short.csv', 'size,colour\n1,red\n')], form, inProcess))
    expect(await reader.next()).toMatchObject({
      ok: false,
      problems: [
        {
          message: 'short.csv has no column length.',
          detail:
            'The network was trained on it. Name the columns as in the training table; this file has size, colour.'
        }
      ]
    })
  })

  test('comes in pieces that add up to the whole', async () => {
    const many = Array.from({ length: 4501 }, (_, i) => `${i % 9},${i % 50 === 7 ? 'mauve' : 'red'}`)
    const pieces = await all([put('many.csv', `length,colour\n${many.join('\n')}\n`)], form)
    expect(pieces.map(({ from, lines }) => [from, lines.length])).toEqual([
      [0, 2000],
      [2000, 2000],
      [4000, 501]
    ])
    const kept = pieces.flatMap(({ rows: own }) => [...own])
    const failed = pieces.flatMap(({ failures }) => failures.map(({ row }) => row))
    expect(failed).toEqual(Array.from({ length: 90 }, (_, i) => 50 * i + 7))
    expect([...kept, ...failed].sort((a, b) => a - b)).toEqual([...many.keys()])
    for (const { rows: own, x } of pieces)
      for (const [i, row] of own.entries()) expect(x[4 * i]).toBe(((row % 9) - 5) / 2)
  })

  test('what is no table is refused, and so is a picture for rows', async () => {
    const picture = put('a.png', 'no picture')
    expect(await openRows([picture], form, inProcess)).toMatchObject({
      ok: false,
      problems: [{ message: 'This network answers rows of a table, and a.png is none.' }]
    })
    expect(await openRows([folder], form, inProcess)).toMatchObject({ ok: false })
  })

  test('the data process tells how far reading is, and forgets what was closed', async () => {
    const answers = newRowsAnswers('none')
    const { id } = unwrap(await answers.openRows([put('new.csv', rows.join('\n'))], form))
    let piece = unwrap(await answers.nextRows(id))
    while (piece.type === 'reading') piece = unwrap(await answers.nextRows(id))
    expect(piece.total).toBe(6)
    await answers.closeRows(id)
    expect(await answers.nextRows(id)).toMatchObject({ ok: false, problems: [{ code: 'closed' }] })
  })
})

describe('new pictures', () => {
  const settings = { width: 2, height: 2, fit: 'stretch', colour: 'grey' } as const
  const pictures = (ink: boolean): RowsForm => ({ kind: 'pictures', settings, classes: ['Cat', 'dog'], ink })
  const png = (value: number): Uint8Array =>
    encode({ width: 2, height: 2, channels: 1, depth: 8, data: new Uint8Array(4).fill(value) })

  test('of a folder are read at the size of training; broken ones are told', async () => {
    const home = join(folder, 'pictures')
    mkdirSync(join(home, 'cat'), { recursive: true })
    put('pictures/cat/1.png', png(10))
    put('pictures/cat/2.png', png(20).subarray(0, 40))
    put('pictures/dog.7.png', png(200))
    put('pictures/other.png', '')
    const [piece] = await all([home], pictures(false))
    expect(piece!.lines).toEqual(['cat/1.png', 'cat/2.png', 'dog.7.png', 'other.png'])
    expect([...piece!.rows]).toEqual([0, 2])
    expect([...piece!.x]).toEqual([10, 10, 10, 10, 200, 200, 200, 200])
    expect([...piece!.truth!]).toEqual([0, 1])
    expect(piece!.failures.map(({ row }) => row)).toEqual([1, 3])
    expect(piece!.failures[1]!.message).toBe('It is empty.')
    // Ink on paper becomes light on dark; what is dark already stays.
    const [turned] = await all([home], pictures(true))
    expect([...turned!.x]).toEqual([10, 10, 10, 10, 55, 55, 55, 55])
    const reader = unwrap(await openRows([home], pictures(false), inProcess))
    expect([...(await reader.look([2, 1]))]).toEqual([200, 200, 200, 200, 0, 0, 0, 0])
  })

  test('several files are read in their order', async () => {
    const [piece] = await all([put('b.png', png(1)), put('a.png', png(2))], pictures(false))
    expect(piece!.lines).toEqual(['b.png', 'a.png'])
    expect([...piece!.truth!]).toEqual([NaN, NaN])
  })

  test.each([
    ['cat/x/1.png', 0],
    ['DOG_12.jpg', 1],
    ['dogs/1.jpg', NaN]
  ])('%s shows %s', (path, label) => expect(classIn(path, ['Cat', 'dog'])).toBe(label))
})

describe('answers', () => {
  const piece = (change: Partial<ReadRows>): ReadRows => ({
    ...{ type: 'rows', total: 3, columns: ['x', 'note'], from: 0, last: true },
    lines: ['1,"a, b"', '2,', '3,c'],
    places: Int32Array.of(2, 3, 4),
    rows: Int32Array.of(0, 2),
    x: new Float32Array(2),
    failures: [{ row: 1, message: 'x is empty.' }],
    ...change
  })

  test('are named, sure and counted; all rows are written', () => {
    const answers = new NewAnswers({ classes: ['no', 'yes'], target: 'kind' })
    answers.add(piece({ truth: Float64Array.of(1, 1) }), Float32Array.of(0.25, 0.75, 0.875, 0.125))
    expect(answers.answerTo(0)).toEqual({ answer: 1, confidence: 0.75 })
    expect(answers.answerTo(1)).toBeUndefined()
    expect(answers.score()).toEqual({ kind: 'classes', right: 1, rows: 2 })
    expect([...answers.csv()].join('')).toBe(
      [
        'x,note,predicted kind,confidence,share of no,share of yes,problem',
        '1,"a, b",yes,0.7500,0.2500,0.7500,',
        '2,,,,,,x is empty.',
        '3,c,no,0.8750,0.8750,0.1250,',
        ''
      ].join('\r\n')
    )
  })

  test('that are numbers have an R²', () => {
    const answers = new NewAnswers({ classes: [], target: 'price' })
    const truth = Float64Array.of(1, 2, 3)
    answers.add(
      piece({
        rows: Int32Array.of(0, 1, 2),
        failures: [],
        truth,
        columns: [],
        lines: ['a.png', 'b.png', 'c.png']
      }),
      Float32Array.of(1, 2, 4)
    )
    // 1 − (0 + 0 + 1) ÷ (1 + 0 + 1) = 0.5; (0 + 0 + 1) ÷ 3.
    expect(answers.score()).toMatchObject({ kind: 'numbers', r2: 0.5, rows: 3 })
    expect((answers.score() as { meanAbsolute: number }).meanAbsolute).toBeCloseTo(1 / 3, 6)
    expect([...answers.csv()].join('')).toBe('file,predicted price\r\na.png,1\r\nb.png,2\r\nc.png,4\r\n')
  })
})
