import { firstProject } from '@core/templates'
import { applyEdit } from '@core/document/edits'
import { untrack } from 'svelte'
import type { AppState } from '../state/app.svelte'
import { request } from '../state/bridge'

/**
 * Trains the first project in the window at full speed and tells main how it went. Call in an effect; returns the
 * way to stop.
 */
export function smoke(app: AppState): () => void {
  let over = false
  const finish = (report: () => Promise<void>): void => {
    if (over) return
    over = true
    void report()
  }
  const fail = (why: string): void => finish(() => request('smoke:failed', why.slice(0, 2000)))
  untrack(() => {
    const document = applyEdit(firstProject, { kind: 'setView', change: { pace: 'full' } })
    app.startFrom(document, { train: true })
  })
  return $effect.root(() => {
    $effect(() => {
      const { run, refusal, state } = app.trainer
      if (refusal.length > 0) fail(refusal.map((p) => p.message).join(' '))
      else if (state.status === 'died') fail(state.message)
      else if (run.status === 'failed') fail(run.failure ?? 'Training failed.')
      else if (run.status === 'ended') {
        const accuracy = run.history.at(-1)?.valAccuracy
        if (accuracy === undefined) fail('Training ended without an accuracy on new points.')
        else
          finish(() =>
            request('smoke:done', { accuracy, engine: run.engine?.title ?? 'unknown', epochs: run.epoch })
          )
      }
    })
  })
}
