import { SvelteSet } from 'svelte/reactivity'
import type { AppState } from '../state/app.svelte'

const paths = new SvelteSet<string>()

const nameOf = (app: AppState, path: string): string => `${app.trainer.run.runId ?? ''}/${path}`

/** Remembers that a setting was changed while the present run was going: only those say when they take effect. */
export function touch(app: AppState, path: string): void {
  if (app.trainer.active) paths.add(nameOf(app, path))
}

/** When a changed setting takes effect; undefined where there is nothing to say. */
export function effectNote(app: AppState, path: string): string | undefined {
  if (!app.trainer.active || !paths.has(nameOf(app, path))) return undefined
  return app.trainer.stale ? 'Applies when training starts over.' : 'Takes effect at once.'
}
