import { tick } from 'svelte'
import type { Document } from '@core/document/schema'
import { severalLosses } from '@core/run/point'
import { shortcuts, type Shortcut } from '../training/timePlan'
import { fixAll } from '../problems/fixAll'
import type { AppState, RailTab } from './app.svelte'
import { forecastOf, remainingOf, type Forecast } from '@core/run/forecast'
import { extendedEpochs, liftedLimits, newSeed, trainAction, type TrainAction } from './transport'

/** Training that took longer than this, in seconds, is not thrown away without a question. */
const WORTH_ASKING = 30
/** After training that took longer than this, in seconds, a new start says how to undo it. */
const WORTH_TELLING = 3
/** The curves hold thousands of points; stepping through them takes about this many keys. */
const SNAPSHOTS = 200

type Training = Document['training']

/** What the Train button would do now. */
export function currentAction({ trainer, project }: AppState): TrainAction {
  return trainAction({
    run: trainer.run,
    stale: trainer.stale,
    starting: trainer.starting,
    problems: project.problems.length,
    trainer: trainer.state,
    epochs: project.document.training.epochs
  })
}

/** The epochs and limits of a training that is kept going past its end. */
function extended({ trainer: { run }, project }: AppState): Pick<Training, 'epochs' | 'stopAt'> {
  const { training } = project.document
  return { epochs: extendedEpochs(run.epoch, training.epochs), stopAt: liftedLimits(run, training) }
}

/** How long training will take when Train is pressed now; undefined where it is not known. */
export function currentForecast(app: AppState): Forecast | undefined {
  const { trainer, project } = app
  const { run, speed } = trainer
  const { training, view } = project.document
  if (!speed) return undefined
  switch (currentAction(app)) {
    case 'train':
      return forecastOf(project.document, speed)
    case 'keep': {
      const { epochs, stopAt } = extended(app)
      return forecastOf({ training: { ...training, stopAt }, view }, speed, { epoch: run.epoch, epochs })
    }
    default:
      return undefined
  }
}

/** Ways to make shorter what Train would begin from the start. */
export function currentShortcuts(app: AppState): readonly Shortcut[] {
  const { trainer, project } = app
  if (!trainer.speed || currentAction(app) !== 'train') return []
  return shortcuts(project.document, project.derivation.data, trainer.speed, project.noun)
}

/** What is left of the run that goes on; undefined where there is none, or where it is not known yet. */
export function currentRemaining({ trainer, project }: AppState): Forecast | undefined {
  return trainer.active ? remainingOf(trainer.run, project.document, trainer.speed) : undefined
}

/** Train, pause or go on, whichever is next; where problems are in the way, the question why opens. */
export function train(app: AppState): void {
  const { trainer, project, view } = app
  switch (currentAction(app)) {
    case 'blocked':
      app.whyWaiting = true
      return
    case 'starting':
      return
    case 'pause':
      trainer.pause()
      return
    case 'resume':
      view.rewind = undefined
      trainer.resume()
      return
    case 'keep':
      project.apply({ kind: 'setTraining', change: extended(app) }, 'keep training')
      void start(app, 'current')
      return
    case 'recover':
      void start(app, 'checkpoint')
      return
    case 'train':
      void begin(app)
  }
}

/** One batch or one epoch, from wherever the training is. */
export function trainStep(app: AppState, unit: 'batch' | 'epoch'): void {
  const { trainer, view } = app
  view.rewind = undefined
  const action = currentAction(app)
  if (action === 'resume') trainer.step(unit)
  else if (action === 'keep') void start(app, 'current', unit)
  else if (action === 'recover') void start(app, 'checkpoint', unit)
  else if (action === 'train') void begin(app, unit)
}

/** From the start again: with the same random numbers, or with new ones. Long training is asked about first. */
export function startOver(app: AppState, how: 'same' | 'new', sure = false): void {
  if (!sure && app.trainer.run.seconds > WORTH_ASKING) {
    app.startOverHow = how
    app.dialog = 'startOver'
    return
  }
  if (how === 'new') {
    const seed = newSeed(app.project.document.training.seed)
    app.project.apply({ kind: 'setTraining', change: { seed } })
  }
  void startAnew(app)
}

/**
 * Train, where there is nothing to go on from as it is: from the start. But a frozen layer stands on what it has
 * learned, and would never learn again: with one, everything begins with what fits of that.
 */
async function begin(app: AppState, until: 'end' | 'batch' | 'epoch' = 'end'): Promise<void> {
  const { project, trainer } = app
  const frozen = project.document.networks.some(({ nodes }) =>
    Object.values(nodes).some((node) => node.frozen)
  )
  if (frozen && trainer.stale && trainer.run.epoch > 0) await start(app, 'current', until)
  else await startAnew(app, until)
}

/** From the start; what was learned before can be brought back. */
async function startAnew(app: AppState, until: 'end' | 'batch' | 'epoch' = 'end'): Promise<void> {
  const { seconds } = app.trainer.run
  // Weights that were set by hand before the first step are where it starts.
  const byHand = app.trainer.handSet && app.trainer.run.epoch === 0
  const started = await start(app, byHand ? 'current' : 'scratch', until)
  if (started && seconds > WORTH_TELLING)
    app.tell('Started over. What was learned before can be brought back.', {
      label: 'Bring it back',
      run: () => void bringBack(app)
    })
}

/** Back to what was learned before the last start or step back in time; once more goes forth again. */
export async function bringBack(app: AppState): Promise<void> {
  app.view.rewind = undefined
  const result = await app.trainer.bringBack()
  if (!result.ok) app.tellProblem(result.problems[0]!)
}

/** Training goes on with the network as it is drawn now; layers that fit keep what they have learned. */
export async function goOnWithChanges(app: AppState): Promise<void> {
  if (!app.trainer.active) {
    await start(app, 'current')
    return
  }
  const result = await app.trainer.adopt(true)
  if (!result.ok) app.tellProblem(result.problems[0]!)
}

/** Has it begun? Where not, it says why. */
async function start(
  app: AppState,
  from: 'scratch' | 'current' | 'checkpoint',
  until: 'end' | 'batch' | 'epoch' = 'end'
): Promise<boolean> {
  app.view.rewind = undefined
  const result = await app.trainer.start(from, until)
  if (!result.ok) app.tellProblem(result.problems[0]!)
  return result.ok
}

/** Mends everything that can be mended by a click; one step of undo. */
export function fixProblems({ project }: AppState): void {
  const { edits } = fixAll(project.document, project.files)
  if (edits.length > 0) project.apply({ kind: 'all', label: 'mend the problems', edits })
}

/** Selects the node of the next problem and brings it into view. */
export function nextProblem(app: AppState): void {
  const { problems } = app.project
  if (problems.length === 0) return
  const at = problems.findIndex((p) => p.nodeId !== undefined && p.nodeId === app.project.selectedNode)
  showProblem(app, (at + 1) % problems.length)
}

/** Selects the node that causes a problem and brings it into view. */
export function showProblem(app: AppState, index: number): void {
  const problem = app.project.problems[index]
  if (!problem) return
  if (problem.fetch !== undefined || problem.code === 'pictures') {
    showRail(app, 'data')
    return
  }
  app.drawerTab = 'problems'
  if (problem.nodeId === undefined) return
  app.project.select([problem.nodeId])
  app.canvas?.reveal?.(problem.nodeId)
}

/** Looks at an earlier or later moment of the run; past the last one is live again. */
export function lookAt(app: AppState, direction: -1 | 1): void {
  const { history } = app.trainer.run
  const last = history.length - 1
  if (last < 0) return
  const { rewind } = app.view
  const here = rewind === undefined ? last : history.findIndex((p) => p.epoch >= rewind)
  const stride = Math.max(1, Math.round(history.length / SNAPSHOTS))
  const next = (here < 0 ? last : here) + direction * stride
  app.view.rewind = next >= last ? undefined : history[Math.max(0, next)]!.epoch
}

/** Looks at the epoch that did best on new points. */
export function lookAtBest(app: AppState): void {
  const { best } = app.trainer.run
  if (best && !severalLosses(best)) app.view.rewind = best.epoch
}

/** Shows one of the rail's tabs, also where the rail is folded away. */
export function showRail(app: AppState, tab: RailTab): void {
  app.railTab = tab
  app.railFlyout = true
}

/** Puts the cursor into the field that finds layers. */
export function findLayer(app: AppState): void {
  showRail(app, 'layers')
  void tick().then(() => document.querySelector<HTMLInputElement>('[data-testid="layer-search"]')?.focus())
}
