import type { Score } from '@core/ipc'
import { app } from '../state/app.svelte'

/** Scores on test points, kept as long as the run they belong to. */
class TestScore {
  private kept = $state.raw<{
    readonly runId: string | undefined
    readonly score: Score
    readonly times: number
  }>()
  private asking = $state(false)

  private readonly mine = $derived(
    this.kept && app.trainer.run.rows.test > 0 && this.kept.runId === app.trainer.run.runId
      ? this.kept
      : undefined
  )
  readonly score = $derived(this.mine?.score)
  /** How often this run has been scored: each look makes the test points a little more part of the choice. */
  readonly times = $derived(this.mine?.times ?? 0)
  readonly busy = $derived(this.asking)

  async ask(): Promise<void> {
    if (this.asking) return
    this.asking = true
    const { runId } = app.trainer.run
    const times = this.times + 1
    const score = await app.trainer.score('test')
    this.asking = false
    if (score) {
      this.kept = { runId, score, times }
      app.answers.testEpoch = score.epoch
    }
    if (!score) app.tellProblem({ code: 'no-score', message: 'There is no trained network to score yet.' })
  }
}

/** The one of this window. */
export const testScore = new TestScore()
