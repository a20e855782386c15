import type { Problem } from '@core/result'

/** A reason to stop that the person who typed the command can mend. Exit code 2. */
export class BadInput extends Error {}

/** Problems as lines of text: where, what is wrong, what would help. */
export function problemLines(problems: readonly Problem[]): string[] {
  return problems.map(({ nodeId, field, message, detail, fix }) => {
    const where = [nodeId, field].filter((part) => part !== undefined && part !== '').join('.')
    const help = fix ? `${detail ?? ''} Fix: ${fix.label}.`.trim() : (detail ?? '')
    return `${where === '' ? '' : `${where}: `}${message}${help === '' ? '' : ` ${help}`}`
  })
}

/** Bad input from problems. */
export function badInput(problems: readonly Problem[]): BadInput {
  return new BadInput(problemLines(problems).join('\n'))
}

/** Rows of cells as columns of equal width; numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const text = rows.map((row) => row.map((c) => (typeof c === 'number' ? c.toLocaleString('en-US') : c)))
  const widths = text[0]!.map((_, i) => Math.max(...text.map((row) => row[i]!.length)))
  return text
    .map((row, r) =>
      row
        .map((cell, i) =>
          typeof rows[r]![i] === 'number' ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)
        )
        .join('  ')
        .trimEnd()
    )
    .join('\n')
}
