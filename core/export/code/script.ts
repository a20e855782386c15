import { hasNodes, lineAt, partsOf, type CodeLine, type Expression, type Place } from './lines'

/* JavaScript as prettier formats it by itself: on one line up to 80 characters, else one part a line. */

const WIDTH = 80
const STEP = 2

/** A value as lines of JavaScript. A call that is given settings alone keeps their bracket beside its own. */
export function script(
  value: Expression,
  { indent = 0, before = '', after = '', nodeId }: Place = {}
): readonly CodeLine[] {
  const line = lineAt(indent, nodeId)
  const flat = before + scriptText(value) + after
  if (typeof value === 'string' || (!hasNodes(value) && indent + flat.length <= WIDTH)) return [line(flat)]
  if ('call' in value && value.args.length === 1)
    return script(value.args[0]!.value, {
      indent,
      before: `${before}${value.call}(`,
      after: `)${after}`,
      nodeId
    })
  const [open, close] = bracketsOf(value)
  return [
    line(before + open),
    ...partsOf(value).flatMap((part) =>
      script(part.value, {
        indent: indent + STEP,
        before: part.name === undefined ? '' : `${part.name}: `,
        after: ',',
        nodeId: part.nodeId ?? nodeId
      })
    ),
    line(close + after)
  ]
}

/** A value on one line. */
export function scriptText(value: Expression): string {
  if (typeof value === 'string') return value
  const [open, close] = bracketsOf(value)
  const parts = partsOf(value).map(
    (part) => (part.name === undefined ? '' : `${part.name}: `) + scriptText(part.value)
  )
  const space = 'settings' in value && parts.length > 0 ? ' ' : ''
  return `${open}${space}${parts.join(', ')}${space}${close}`
}

/** A name that JavaScript takes and that is none of `taken`. */
export function scriptName(wanted: string, taken: ReadonlySet<string>): string {
  const plain = wanted.replace(/-+(\w?)/g, (_, letter: string) => letter.toUpperCase())
  let name = WORDS.has(plain) ? `${plain}_` : plain
  for (let n = 2; taken.has(name); n++) name = `${plain}_${n}`
  return name
}

function bracketsOf(value: Exclude<Expression, string>): readonly [string, string] {
  if ('call' in value) return [`${value.call}(`, ')']
  return 'settings' in value ? ['{', '}'] : ['[', ']']
}

const WORDS = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield'.split(
    ' '
  )
)
