import { applyEdit, type Edit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import type { ProjectFiles } from '@core/data/files'
import { derive } from '@core/graph/derive'
import type { Problem } from '@core/result'

/** A fix can bring the next problem to light; a chain longer than this is a circle of fixes. */
const MAX_FIXES = 100

/** The fixes that mend a document, and what they leave. */
export interface FixPlan {
  /** In order; each was worked out from the document after those before it. */
  readonly edits: readonly Edit[]
  readonly document: Document
  readonly left: readonly Problem[]
}

/** Applies one fix after another, looking again after each, until none is left that changes anything. */
export function fixAll(document: Document, files: ProjectFiles): FixPlan {
  const edits: Edit[] = []
  const useless = new Set<string>()
  let current = document
  for (;;) {
    const { problems } = derive(current, files)
    const next = problems.find((p) => p.fix && !useless.has(nameOf(p)))
    if (!next?.fix || edits.length >= MAX_FIXES) return { edits, document: current, left: problems }
    const mended = applyEdit(current, next.fix.edit)
    if (mended === current) useless.add(nameOf(next))
    else {
      edits.push(next.fix.edit)
      current = mended
    }
  }
}

const nameOf = (p: Problem): string => [p.code, p.nodeId, p.field, p.fix?.label].join('/')

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** "three", and figures from eleven on. */
export function countWord(n: number): string {
  return words[n] ?? n.toLocaleString('en-US')
}

/** The button that mends everything that can be mended: "Fix both", "Fix all three", or the one fix itself. */
export function fixAllLabel(problems: readonly Problem[]): string | undefined {
  const fixable = problems.filter((p) => p.fix)
  if (fixable.length === 0) return undefined
  if (problems.length === 1) return fixable[0]!.fix!.label
  if (fixable.length < problems.length)
    return `Fix ${countWord(fixable.length)} of ${countWord(problems.length)}`
  return fixable.length === 2 ? 'Fix both' : `Fix all ${countWord(fixable.length)}`
}
