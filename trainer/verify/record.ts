import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { LessonResult } from './verifyLesson'

/** A lesson's result with the commit that gave it, as `--resume` keeps it: one a line. */
export type KeptResult = LessonResult & { readonly event: 'lesson'; readonly commit: string }

/** The commit of this checkout, with "-dirty" where files differ from it; undefined where there is no checkout. */
export function presentCommit(): string | undefined {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*'], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'ignore']
    })
      .toString()
      .trim()
  } catch {
    return undefined
  }
}

/** The results in a file that are of this commit and mode, by lesson. A file that is not there holds none. */
export function readResults(
  file: string,
  commit: string | undefined,
  mode: LessonResult['mode']
): ReadonlyMap<string, KeptResult> {
  const kept = new Map<string, KeptResult>()
  if (!existsSync(file) || commit === undefined) return kept
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const result = parsed(line)
    if (result?.commit === commit && result.mode === mode) kept.set(result.id, result)
  }
  return kept
}

/** Adds a result to such a file. */
export function keepResult(file: string, result: KeptResult): void {
  appendFileSync(file, `${JSON.stringify(result)}\n`)
}

/** A line that is cut off, because its run was, is no result. */
function parsed(line: string): KeptResult | undefined {
  try {
    const value = JSON.parse(line) as KeptResult
    return value.event === 'lesson' ? value : undefined
  } catch {
    return undefined
  }
}
