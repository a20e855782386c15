import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { decodeTable, encodeTable } from '@core/data/table/binary'
import { profileOf, tableOf } from '@core/data/table/profile'
import { readTable, TableReader } from '@core/data/table/read'
import { autoOptions } from '@core/data/table/sniff'
import { cells, read } from './helpers/tables'

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`)

/** What each file holds: the cells of every column by its name. */
const loads: readonly (readonly [
  what: string,
  text: string,
  holds: { readonly [column: string]: readonly unknown[] }
])[] = [
  ['commas', 'a,b\n1,x\n2,y\n', { a: [1, 2], b: ['x', 'y'] }],
  ['semicolons', 'a;b\n1;x\n2;y\n', { a: [1, 2], b: ['x', 'y'] }],
  ['tabs', 'a\tb\n1\tx\n2\ty\n', { a: [1, 2], b: ['x', 'y'] }],
  ['bars', 'a|b\n1|x\n2|y\n', { a: [1, 2], b: ['x', 'y'] }],
  ['commas inside semicolons', 'a;b\n1;x, y\n2;z\n', { a: [1, 2], b: ['x, y', 'z'] }],
  ['Windows line ends', 'a,b\r\n1,x\r\n2,y\r\n', { a: [1, 2], b: ['x', 'y'] }],
  ['old Mac line ends', 'a,b\r1,x\r2,y', { a: [1, 2], b: ['x', 'y'] }],
  ['no last line end', 'a,b\n1,x\n2,y', { a: [1, 2], b: ['x', 'y'] }],
  ['a byte order mark', '\ufeffa,b\n1,x\n2,y\n', { a: [1, 2], b: ['x', 'y'] }],
  ['a byte order mark before quotes', '\ufeff"a","b"\n1,x\n2,y\n', { a: [1, 2], b: ['x', 'y'] }],
  ['empty lines', '\na,b\n\n1,x\n  \n2,y\n\n', { a: [1, 2], b: ['x', 'y'] }],
  ['lines of commas', 'a,b\n1,x\n,,\n2,y\n,,\n', { a: [1, 2], b: ['x', 'y'] }],
  ['quotes', '"a","b"\n"1","x"\n"2","y"\n', { a: [1, 2], b: ['x', 'y'] }],
  ['quoted delimiters', 'a,b\n1,"x, y"\n2,z\n', { a: [1, 2], b: ['x, y', 'z'] }],
  ['doubled quotes', 'a,b\n1,"say ""x"""\n2,y\n', { a: [1, 2], b: ['say "x"', 'y'] }],
  ['quoted line ends', 'a,b\n1,"x\ny"\n2,z\n', { a: [1, 2], b: ['x\ny', 'z'] }],
  ['a quote inside a word', 'a,b\n1,5" pipe\n2,x\n', { a: [1, 2], b: ['5" pipe', 'x'] }],
  ['spaces around cells', ' a , b \n 1 , x \n 2 , y \n', { a: [1, 2], b: ['x', 'y'] }],
  ['decimal commas', 'a;b\n1,5;x\n2,25;y\n', { a: [1.5, 2.25], b: ['x', 'y'] }],
  ['decimal commas with tabs', 'a\tb\n1,5\tx\n2,25\ty\n', { a: [1.5, 2.25], b: ['x', 'y'] }],
  ['quoted decimal commas', 'a,b\n"1,5",x\n"2,25",y\n', { a: [1.5, 2.25], b: ['x', 'y'] }],
  ['thousands', 'a;b\n1,234.5;x\n12,000.25;y\n', { a: [1234.5, 12000.25], b: ['x', 'y'] }],
  ['thousands with points', 'a;b\n1.234,5;x\n12.000,25;y\n', { a: [1234.5, 12000.25], b: ['x', 'y'] }],
  ['powers of ten', 'a,b\n1e3,x\n-2.5E-2,y\n', { a: [1000, -0.025], b: ['x', 'y'] }],
  ['signs and bare points', 'a,b\n+.5,x\n-1.,y\n', { a: [0.5, -1], b: ['x', 'y'] }],
  [
    'words for missing',
    'a,b\n1,x\nNA,y\nn/a,NULL\n?,-\nnan,\n2,z\n',
    { a: [1, null, null, null, null, 2], b: ['x', 'y', null, null, null, 'z'] }
  ],
  ['no header', '1,x\n2,y\n', { 'Column 1': [1, 2], 'Column 2': ['x', 'y'] }],
  [
    'no header, dates first',
    '2024-01-01,1\n2024-01-02,2\n',
    { 'Column 1': [day('2024-01-01'), day('2024-01-02')], 'Column 2': [1, 2] }
  ],
  [
    'years as names',
    'name,2019,2020\nx,1,2\ny,3,4\nx,5,6\n',
    { name: ['x', 'y', 'x'], '2019': [1, 3, 5], '2020': [2, 4, 6] }
  ],
  ['a column without a name', 'a,,c\n1,2,x\n3,4,y\n', { a: [1, 3], 'Column 2': [2, 4], c: ['x', 'y'] }],
  ['two columns of one name', 'a,a,a\n1,2,x\n3,4,y\n', { a: [1, 3], 'a (2)': [2, 4], 'a (3)': ['x', 'y'] }],
  ['names with line ends', '"my\nname",b\n1,x\n2,y\n', { 'my name': [1, 2], b: ['x', 'y'] }],
  ['a trailing delimiter in every line', 'a,b,\n1,x,\n2,y,\n', { a: [1, 2], b: ['x', 'y'] }],
  [
    'postcodes',
    'zip,b\n01234,x\n99999,y\n01234,x\n',
    { zip: ['01234', '99999', '01234'], b: ['x', 'y', 'x'] }
  ],
  [
    'ISO dates',
    'd,b\n2024-02-29,x\n2024-03-01,y\n',
    { d: [day('2024-02-29'), day('2024-03-01')], b: ['x', 'y'] }
  ],
  [
    'dates and times',
    'd,b\n2024-02-29T12:30:00Z,x\n2024-03-01 00:00:01,y\n',
    { d: [Date.UTC(2024, 1, 29, 12, 30), Date.UTC(2024, 2, 1, 0, 0, 1)], b: ['x', 'y'] }
  ],
  [
    'times with a zone',
    'd,b\n2024-02-29T12:30:00+02:00,x\n2024-03-01T00:00:00-01:00,y\n',
    { d: [Date.UTC(2024, 1, 29, 10, 30), Date.UTC(2024, 2, 1, 1)], b: ['x', 'y'] }
  ],
  [
    'day before month',
    'd,b\n31/12/2023,x\n1/2/2024,y\n',
    { d: [day('2023-12-31'), day('2024-02-01')], b: ['x', 'y'] }
  ],
  [
    'month before day',
    'd,b\n12/31/2023,x\n1/2/2024,y\n',
    { d: [day('2023-12-31'), day('2024-01-02')], b: ['x', 'y'] }
  ],
  [
    'dates with points',
    'd,b\n31.12.2023,x\n01.02.2024,y\n',
    { d: [day('2023-12-31'), day('2024-02-01')], b: ['x', 'y'] }
  ],
  ['times of the day', 'd,b\n12:30,x\n1:05 pm,y\n', { d: [45_000_000, 47_100_000], b: ['x', 'y'] }],
  [
    '30 February, which is a word',
    'd,b\n2024-02-30,x\n2024-02-31,y\n',
    { d: ['2024-02-30', '2024-02-31'], b: ['x', 'y'] }
  ],
  ['one column', 'a\n1\n2\n', { a: [1, 2] }],
  ['one row', 'a,b\n1,x\n', { a: [1], b: ['x'] }],
  ['an empty column', 'a,e,b\n1,,x\n2,,y\n', { a: [1, 2], e: [null, null], b: ['x', 'y'] }],
  [
    'numbers that single precision cannot hold',
    'a,b\n1e40,x\n1e41,y\n',
    { a: ['1e40', '1e41'], b: ['x', 'y'] }
  ],
  ['names from other tongues', 'größe,種類\n1,犬\n2,猫\n', { größe: [1, 2], 種類: ['犬', '猫'] }],
  ['names that JavaScript knows', '__proto__,constructor\n1,toString\n2,hasOwnProperty\n', { __proto__x: [] }]
]

describe('loads', () => {
  test.each(loads.filter(([, , holds]) => !('__proto__x' in holds)))('%s', (_what, text, holds) => {
    const table = read(text)
    expect(table.columns.map(({ column }) => column.name)).toEqual(Object.keys(holds).sort(inOrder(table)))
    for (const [name, values] of Object.entries(holds)) expect(cells(table, name)).toEqual(values)
  })

  test('names that JavaScript knows', () => {
    const table = read(loads.at(-1)![1])
    expect(cells(table, '__proto__')).toEqual([1, 2])
    expect(cells(table, 'constructor')).toEqual(['toString', 'hasOwnProperty'])
  })
})

/** Objects list names that are whole numbers first. */
const inOrder = (table: ReturnType<typeof read>) => (a: string, b: string) => {
  const place = (name: string): number => table.columns.findIndex(({ column }) => column.name === name)
  return place(a) - place(b)
}

describe('refuses, with the line', () => {
  test.each([
    ['nothing', '', 'is empty'],
    ['spaces', '  \n \n', 'is empty'],
    ['names only', 'a,b\n', 'names 2 columns in line 1, and has no rows'],
    ['a short row', 'a,b\n1,x\n\n2\n', 'Line 4 of t.csv has 1 column, the first line has 2: b is missing'],
    [
      'a long row',
      'a,b\n1,x\n2,y,z\n',
      'Line 3 of t.csv has 3 columns, the first line has 2: column 3 has no name'
    ],
    [
      'an open quotation mark',
      'a,b\n1,x\n2,"y\n3,z\n',
      'Line 3 of t.csv: a quotation mark is opened and never closed'
    ],
    [
      'text after a closing mark',
      'a,b\n1,"x"y\n2,z\n',
      'Line 2, column b of t.csv: text follows the closing quotation mark'
    ],
    ['a short row after a cell of two lines', 'a,b\n1,"x\ny"\n2\n', 'Line 4 of t.csv has 1 column'],
    ['a line without an end', `a,b\n1,"${'x'.repeat(1_200_000)}`, 'Line 2 of t.csv'],
    [
      'thousands of columns',
      `${Array.from({ length: 2100 }, (_, i) => `c${i}`).join(',')}\n`,
      'Line 1 of t.csv has 2,100 columns'
    ]
  ])('%s', (_what, text, words) => {
    const found = readTable('t.csv', text)
    if (found.ok) throw new Error('It was read.')
    expect(found.problems[0]).toMatchObject({ code: 'bad-table', field: 'file' })
    expect(found.problems[0]!.message).toContain(words)
    expect(found.problems[0]!.detail).toBeTruthy()
  })
})

test('a few cells that are no numbers count as missing, and the first is named', () => {
  const rows = Array.from({ length: 100 }, (_, i) => (i === 40 ? 'about 7' : String(i / 10)))
  const found = read(`a\n${rows.join('\n')}\n`)
  expect(cells(found, 'a')[40]).toBeNull()
  const profile = profileOf(found)
  expect(profile.columns[0]).toMatchObject({
    kind: 'number',
    missing: 0,
    odd: { count: 1, line: 42, text: 'about 7' }
  })
  expect(profile.warnings).toEqual(['Line 42: “about 7” in a is no number. It counts as missing.'])
})

test('what is given is not guessed', () => {
  expect(read('1,2\n3,4\n', { header: 'yes' }).columns.map((c) => c.column.name)).toEqual(['1', '2'])
  expect(cells(read('a;b\n1,5;2\n2,5;3\n', { decimal: '.' }), 'a')).toEqual(['1,5', '2,5'])
  expect(read('a;b,c\n1;2,3\n4;5,6\n', { delimiter: ',' }).columns).toHaveLength(2)
})

const word = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('a,b', 'say "x"', 'two\nlines', ' spaces ', 'ü', ';', '\t', "'")
)

test('what is written is read again, whatever the cells and wherever the pieces end', () => {
  const rows = fc.array(fc.tuple(fc.double({ noNaN: true, min: -1e30, max: 1e30 }), word), {
    minLength: 1,
    maxLength: 30
  })
  fc.assert(
    fc.property(rows, fc.constantFrom(',', ';', '\t', '|'), fc.nat(), (values, delimiter, cut) => {
      const given = values.map(([number, text]) => [String(number), text])
      const csv = Papa.unparse([['number', 'word'], ...given], { delimiter, newline: '\n' })
      const whole = readTable('t.csv', csv, {
        ...autoOptions,
        delimiter: delimiter as ',',
        header: 'yes',
        decimal: '.'
      })
      const reader = new TableReader(
        't.csv',
        { ...autoOptions, delimiter: delimiter as ',', header: 'yes', decimal: '.' },
        true
      )
      reader.write(csv.slice(0, cut % csv.length))
      reader.write(csv.slice(cut % csv.length))
      const words = reader.end()
      if (!whole.ok || !words.ok) throw new Error('It was refused.')
      const missing = (text: string): boolean => /^(|na|n\/a|#n\/a|null|\?|-|–|nan|none|nil)$/i.test(text)
      expect(cells(whole.value, 'number')).toEqual(values.map(([number]) => number + 0))
      expect(cells(words.value, 'word')).toEqual(
        given.map(([, text]) => (missing(text!.trim()) ? null : text!.trim()))
      )
    })
  )
})

test('columns come back from their bytes as they were', () => {
  const table = tableOf(read('n,k,d\n1,x,2024-01-01\nNA,y,2024-01-02\n3,x,\n'))
  const pieces = encodeTable(table)
  const bytes = new Uint8Array(pieces.reduce((n, piece) => n + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  expect(decodeTable(bytes)).toEqual(table)
  expect(decodeTable(bytes.subarray(0, bytes.length - 8))).toBeUndefined()
  expect(decodeTable(new Uint8Array(3))).toBeUndefined()
})

test('a profile says what is in a column', () => {
  const { columns, duplicates, gaps, rows } = profileOf(read('n,k\n1,x\n2,y\n2,y\n,x\n5,\n'))
  expect({ rows, duplicates, gaps }).toEqual({
    rows: 5,
    duplicates: 1,
    gaps: [
      { columns: [0], rows: 1 },
      { columns: [1], rows: 1 }
    ]
  })
  expect(columns[0]).toMatchObject({ kind: 'number', missing: 1, distinct: 3 })
  // By hand: 1, 2, 2, 5.
  expect(columns[0]!.numbers).toMatchObject({ min: 1, max: 5, mean: 2.5, std: 1.5, median: 2 })
  expect(columns[1]!.words).toEqual([
    ['x', 2],
    ['y', 2]
  ])
})
