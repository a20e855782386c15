import { describe, expect, test } from 'vitest'
import { parsePoints, type PointTable } from '@core/data/csv'
import { sources } from '@core/registry'

function read(text: string): PointTable {
  const table = parsePoints('t.csv', { 't.csv': text })
  if (!table.ok) throw new Error(table.problems[0].message)
  return table.value
}

function refused(text: string): string {
  const table = parsePoints('t.csv', { 't.csv': text })
  if (table.ok) throw new Error('It was read.')
  expect(table.problems[0]).toMatchObject({ code: 'bad-table', field: 'file' })
  return `${table.problems[0].message} ${table.problems[0].detail ?? ''}`
}

const plain = read('x,y,label\n1,-2.5,a\n3e-1,4,b\n')

test('columns of numbers and a class', () => {
  expect(plain).toEqual({
    features: ['x', 'y'],
    classes: ['a', 'b'],
    x: Float32Array.of(1, -2.5, 0.3, 4),
    y: Int32Array.of(0, 1)
  })
})

describe('reads the same table', () => {
  test.each([
    ['with Windows line ends', 'x,y,label\r\n1,-2.5,a\r\n3e-1,4,b\r\n'],
    ['with old Mac line ends', 'x,y,label\r1,-2.5,a\r3e-1,4,b'],
    ['with a byte order mark', '\ufeffx,y,label\n1,-2.5,a\n3e-1,4,b'],
    ['without a last line end', 'x,y,label\n1,-2.5,a\n3e-1,4,b'],
    ['with empty lines', '\nx,y,label\n\n1,-2.5,a\n  \n3e-1,4,b\n\n'],
    ['with lines of commas, as spreadsheets leave them', 'x,y,label\n1,-2.5,a\n,,\n3e-1,4,b\n,,\n'],
    ['with quotation marks', '"x","y","label"\n"1","-2.5","a"\n"3e-1","4","b"'],
    ['with spaces', ' x , y , label \n 1 , -2.5 , a \n 3e-1 , 4 , b '],
    ['with tabs', 'x\ty\tlabel\n1\t-2.5\ta\n3e-1\t4\tb'],
    ['with semicolons', 'x;y;label\n1;-2.5;a\n3e-1;4;b']
  ])('%s', (_how, text) => {
    expect(read(text)).toEqual(plain)
  })
})

test('classes are in natural order, whatever order they come in', () => {
  expect(read('x,c\n1,class 10\n2,class 2\n3,class 1\n').classes).toEqual(['class 1', 'class 2', 'class 10'])
  expect(read('x,c\n1,1\n2,0\n').y).toEqual(Int32Array.of(1, 0))
})

test('commas and quotation marks within quotation marks belong to the class', () => {
  expect(read('x,c\n1,"yes, ""really"""\n2,no\n').classes).toEqual(['no', 'yes, "really"'])
})

describe('says what is wrong with', () => {
  test.each([
    ['nothing', '', 'has no table'],
    ['a header only', 'x,y,label\n', 'has no table'],
    ['one column', 'label\na\nb\n', 'has no table'],
    ['no header', '1,2,a\n3,4,b\n', 'starts with numbers'],
    ['a header of numbers and a number as class', '1,2,0\n3,4,1\n', 'starts with numbers'],
    ['a column without a name', 'x,,label\n1,2,a\n3,4,b', 'Column 2 of t.csv has no name'],
    ['two columns of one name', 'x,x,label\n1,2,a\n3,4,b', 'Two columns of t.csv are called x'],
    ['a short row', 'x,y,label\n1,2,a\n3,b\n', 'Row 3 of t.csv has 2 columns, the header has 3'],
    ['a long row', 'x,y,label\n1,2,a\n3,4,b,5\n', 'Row 3 of t.csv has 4 columns'],
    ['a missing number', 'x,y,label\n1,2,a\n,4,b\n', 'Row 3 of t.csv: x is empty'],
    ['a missing class', 'x,y,label\n1,2,a\n3,4,\n', 'Row 3 of t.csv has no class'],
    ['a word', 'x,y,label\n1,2,a\n3,four,b\n', 'y is “four”, which is not a number'],
    ['a number beyond single precision', 'x,y,label\n1,2,a\n3,1e40,b\n', 'y is “1e40”'],
    ['infinity', 'x,y,label\n1,2,a\n3,Infinity,b\n', 'y is “Infinity”'],
    [
      'decimal commas',
      'x;y;label\n1,5;2,5;a\n3,5;4,5;b\n',
      'x is “1,5”, which is not a number that Netloom can use. Numbers need a point, not a comma'
    ],
    ['one class', 'x,y,label\n1,2,a\n3,4,a\n', 'Every row has the same class, a'],
    ['an open quotation mark', 'x,y,label\n1,2,a\n3,"4,b\n', 'quotation mark in row 3'],
    [
      'a measurement as class',
      `x,y\n${Array.from({ length: 60 }, (_, i) => `1,${i}.5`).join('\n')}`,
      'has 60 different values'
    ]
  ])('%s', (_what, text, words) => {
    expect(refused(text)).toContain(words)
  })

  test('a row after empty lines, by the number a spreadsheet shows', () => {
    expect(refused('x,y,label\n\n1,2,a\n\n3,no,b\n')).toContain('Row 5 of')
  })
})

test('asks for a file that is not chosen or not there', () => {
  const code = (file: string, files = {}) => {
    const table = parsePoints(file, files)
    return table.ok ? 'read' : table.problems[0].code
  }
  expect(code('')).toBe('no-file')
  expect(code('t.csv')).toBe('missing-file')
  expect(code('constructor')).toBe('missing-file')
})

test('the same text under another name is told by that name', () => {
  const files = { 'a.csv': 'x\n', 'b.csv': 'x\n' }
  const words = (file: string) => {
    const table = parsePoints(file, files)
    return table.ok ? '' : table.problems[0].message
  }
  expect(words('a.csv')).toContain('a.csv')
  expect(words('b.csv')).toContain('b.csv')
})

test('the source describes and hands over the table', () => {
  const files = { 't.csv': 'x,y,label\n1,-2.5,a\n3e-1,4,b\n' }
  expect(sources['csv'].describe({ file: 't.csv' }, files)).toEqual({
    features: ['x', 'y'],
    classes: ['a', 'b'],
    shape: [2],
    target: { classes: 2, shape: [] },
    rows: 2
  })
  const context = { files, library: {}, seed: 0 }
  expect(sources['csv'].generate({ file: 't.csv' }, context)).toEqual({ x: plain.x, y: plain.y })
  expect(sources['csv'].describe({ file: '' }, {})).toMatchObject({ code: 'no-file' })
  expect(() => sources['csv'].generate({ file: '' }, { ...context, files: {} })).toThrow(
    'No file is chosen yet.'
  )
})
