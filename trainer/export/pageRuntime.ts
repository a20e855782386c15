import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PageRuntime } from '@core/export/format'
import { findUp } from '../findUp'

/** What scripts/build.mjs has made of page/. */
export function pageRuntime(): PageRuntime {
  const file = findUp('page/runtime.json', join('out', 'page', 'runtime.json'))
  if (!file) throw new Error('The program of exported pages is missing: install Netloom again.')
  return JSON.parse(readFileSync(file, 'utf8')) as PageRuntime
}
