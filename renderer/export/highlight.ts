/** A piece of code and what it is; plain where nothing is said. */
export interface CodePiece {
  readonly text: string
  readonly kind?: 'comment' | 'string' | 'number' | 'keyword'
}

const WORDS =
  'import|from|as|def|class|return|for|in|with|if|else|elif|while|not|and|or|None|True|False|lambda|await|async|const|let|new|function|export|default|of'
const PIECES = new RegExp(
  [
    String.raw`(?<comment>#[^\n]*|(?<![:\w])//[^\n]*|<!--[\s\S]*?-->)`,
    String.raw`(?<string>"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')`,
    String.raw`(?<number>(?<![\w.])-?\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?(?!\w))`,
    `(?<keyword>\\b(?:${WORDS})\\b)`
  ].join('|'),
  'g'
)

/** The lines of a program in Python, JavaScript or HTML, cut into pieces for colours. */
export function highlighted(code: string): readonly (readonly CodePiece[])[] {
  const pieces: CodePiece[] = []
  let at = 0
  for (const match of code.matchAll(PIECES)) {
    if (match.index > at) pieces.push({ text: code.slice(at, match.index) })
    const kind = Object.entries(match.groups!).find(([, text]) => text !== undefined)![0]
    pieces.push({ text: match[0], kind: kind as NonNullable<CodePiece['kind']> })
    at = match.index + match[0].length
  }
  pieces.push({ text: code.slice(at) })
  const lines: CodePiece[][] = [[]]
  for (const { text, ...rest } of pieces)
    for (const [i, part] of text.split('\n').entries()) {
      if (i > 0) lines.push([])
      if (part !== '') lines.at(-1)!.push({ text: part, ...rest })
    }
  return lines.at(-1)!.length === 0 ? lines.slice(0, -1) : lines
}
