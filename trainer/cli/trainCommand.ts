import { join } from 'node:path'
import type { Document } from '@core/document/schema'
import type { EpochPoint } from '@core/run/events'
import type { Model } from '../model'
import { openRecorder } from '../runs/keeping'
import { Session } from '../session'
import { requireLibrary } from './dataCommand'
import { requireEngine } from './enginesCommand'
import { readText, writeWhole } from './files'
import type { Options } from './options'
import { showProgress } from './progress'
import { loadProject, packLoaded } from './project'
import { doneOf, Report, type Ended } from './report'
import { setUpTensorflow } from './setUpTensorflow'
import { readWeights, writeWeights } from './weightsFile'
import { badInput } from './words'

/** Exit code of a run that was interrupted, as shells have it. */
const INTERRUPTED = 130
/** A terminal and `npm run` both pass on the same Ctrl+C. */
const SAME_SIGNAL_MS = 500

/** `netloom train`. Answers with the exit code. */
export async function train(options: Options): Promise<number> {
  const { document, files } = await loadProject(options)
  setUpTensorflow(document, files)
  await requireEngine(options)
  await requireLibrary(document)
  const plan = withRoom(document, options)
  const logEvery = options.logEvery ?? usualLogEvery(plan.training.epochs, options.json)
  const report = new Report(options)
  let last: EpochPoint | undefined
  let ended: Ended | undefined
  let failure = 'Training did not come to an end.'
  const recorder = options.keep ? openRecorder((words) => console.error(words)) : undefined
  const isLogged = (epoch: number): boolean => (epoch - 1) % logEvery === 0
  const session = new Session(
    {
      begin: (run) => recorder?.begin(run),
      keepWeights: (states) => recorder?.keepWeights(states),
      event: (event) => {
        recorder?.note(event)
        if (event.type === 'epoch') {
          // What is told is kept.
          recorder?.commit()
          last = event.point
          if (isLogged(last.epoch)) report.epoch(last)
        } else if (event.type === 'ended') ended = event
        else if (event.type === 'failed') failure = event.message
      }
    },
    {
      paced: false,
      observe: isLogged,
      maxSteps: options.steps,
      measureTraining: options.trainLoss === 'auto' ? undefined : options.trainLoss === 'on'
    }
  )
  const prepared = await session.prepare({ document: plan, files })
  if (!prepared.ok) throw badInput(prepared.problems)
  const model = session.ready!
  if (options.init !== undefined)
    model.network.writeState(readWeights(readText(options.init), options.init, model.plan.weights))
  const stopListening = stopOnSignals(session)
  const progress = showProgress(session, () => last)
  const started = await session.start({ document: plan, files, from: 'current', until: 'end' })
  if (!started.ok) throw badInput(started.problems)
  await session.idle()
  progress.end()
  stopListening()
  if (!ended) {
    console.error(failure)
    await recorder?.close()
    return 1
  }
  report.done(doneOf(model, ended))
  report.close()
  if (options.save !== undefined) await save(options.save, model, report.lines)
  await session.dispose()
  await recorder?.close()
  return exitCode(ended)
}

function exitCode({ how }: Ended): number {
  if (how === 'diverged')
    console.error(
      'Training diverged: the loss is no number any more. A smaller training.optimizer.learningRate may help.'
    )
  return how === 'diverged' ? 1 : how === 'stopped' ? INTERRUPTED : 0
}

/** `--steps` alone decides when training ends, unless `--epochs` does too. */
function withRoom(document: Document, { steps, epochs }: Options): Document {
  if (steps === undefined || epochs !== undefined) return document
  return { ...document, training: { ...document.training, epochs: steps } }
}

/** Every epoch of a short run; twenty lines of a long one, and on screen. */
function usualLogEvery(epochs: number, json: boolean): number {
  return json && epochs <= 1000 ? 1 : Math.max(1, Math.round(epochs / 20))
}

/** Ctrl+C ends training as Stop does; a second one later ends the process. */
function stopOnSignals(session: Session): () => void {
  let first: number | undefined
  const stop = (): void => {
    first ??= performance.now()
    if (performance.now() - first > SAME_SIGNAL_MS) process.exit(INTERRUPTED)
    session.receive({ type: 'stop' })
  }
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, stop)
  return () => {
    for (const signal of signals) process.off(signal, stop)
  }
}

async function save(folder: string, model: Model, lines: readonly string[]): Promise<void> {
  const { document, files, network } = model
  const project = await packLoaded({ document, files, checkpoint: model.checkpoint() })
  writeWhole(join(folder, 'project.netloom'), project)
  writeWhole(join(folder, 'weights.json'), writeWeights(network.weights()))
  writeWhole(join(folder, 'metrics.jsonl'), lines.map((line) => `${line}\n`).join(''))
}
