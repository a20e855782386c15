import { hasNodes, lineAt, numberText, partsOf, type CodeLine, type Expression, type Place } from './lines'

/* Python as black formats it: on one line up to 88 characters, else one part a line with a comma behind each. */

const WIDTH = 88
const STEP = 4

/** A value as lines of Python. */
export function python(
  value: Expression,
  { indent = 0, before = '', after = '', nodeId }: Place = {}
): readonly CodeLine[] {
  const line = lineAt(indent, nodeId)
  const flat = before + pythonText(value) + after
  if (typeof value === 'string' || (!hasNodes(value) && indent + flat.length <= WIDTH)) return [line(flat)]
  const [open, close] = bracketsOf(value)
  const parts = partsOf(value)
  // What a call is given alone needs no comma, and black writes none.
  const alone = 'call' in value && parts.length === 1
  return [
    line(before + open),
    ...parts.flatMap((part) =>
      python(part.value, {
        indent: indent + STEP,
        before: part.name === undefined ? '' : named(value, part.name),
        after: alone ? '' : ',',
        nodeId: part.nodeId ?? nodeId
      })
    ),
    line(close + after)
  ]
}

/** A value on one line. */
export function pythonText(value: Expression): string {
  if (typeof value === 'string') return value
  const [open, close] = bracketsOf(value)
  const parts = partsOf(value).map(
    (part) => (part.name === undefined ? '' : named(value, part.name)) + pythonText(part.value)
  )
  const comma = 'list' in value && value.brackets === 'tuple' && parts.length === 1 ? ',' : ''
  return `${open}${parts.join(', ')}${comma}${close}`
}

/** Plain data as Python writes it: None, True, 0.5, "tanh", (3, 3). */
export function pythonValue(value: null | boolean | number | string | readonly number[]): Expression {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return pythonNumber(value)
  if (typeof value === 'string') return JSON.stringify(value)
  return { list: value.map((one) => ({ value: pythonNumber(one) })), brackets: 'tuple' }
}

/** A number with all of its digits; what is one part of so many as such: 1 / 255. */
export function pythonNumber(value: number): string {
  return numberText(value).replace('Infinity', 'float("inf")')
}

/** The same where Keras takes no whole number: 1.0. */
export function pythonFloat(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? `${value}.0` : pythonNumber(value)
}

/** A name that Python takes: letters, digits and underscores, none of its own words and none of `taken`. */
export function pythonName(wanted: string, taken: ReadonlySet<string>): string {
  const plain = wanted.replace(/\W/g, '_')
  let name = plain
  for (let n = 2; WORDS.has(name) || taken.has(name); n++)
    name = WORDS.has(plain) && n === 2 ? `${plain}_` : `${plain}_${n}`
  return name
}

function bracketsOf(value: Exclude<Expression, string>): readonly [string, string] {
  if ('call' in value) return [`${value.call}(`, ')']
  if ('settings' in value) return ['{', '}']
  return value.brackets === 'tuple' ? ['(', ')'] : ['[', ']']
}

function named(value: Expression, name: string): string {
  return typeof value !== 'string' && 'settings' in value ? `${JSON.stringify(name)}: ` : `${name}=`
}

const WORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' '
  )
)
