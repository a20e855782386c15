import type { KeptRun, RunChange } from '@core/runs/kept'
import { firstQuery } from '@core/runs/kept'
import { compareSettings } from '@core/runs/settings'
import { repeatText } from '@core/runs/repeat'
import { endText, runName, secondsAnEpoch, timeText } from '@core/runs/words'
import { readingWords } from '@core/run/readingWords'
import { nounOf } from '@core/data/noun'
import { derive } from '@core/graph/derive'
import { tensorflowEnvironment } from '@core/run/tensorflow'
import type { RunDetails } from '@core/runs/kept'
import { runsFolder } from '../runs/folder'
import { RunLibrary } from '../runs/library'
import { rerun } from '../runs/rerun'
import type { Options } from './options'
import { BadInput, badInput, table } from './words'

const ACTIONS = 'list, search, show, delete, restore, star, unstar, tag, untag, name, note, reproduce'

/** `netloom runs`. */
export async function runs(options: Options): Promise<number> {
  const [action = 'list', ...rest] = options.words
  const library = RunLibrary.open(runsFolder())
  try {
    library.tidy()
    switch (action) {
      case 'list':
        return list(library, options, '')
      case 'search':
        return list(library, options, rest.join(' '))
      case 'show':
        return show(library, options, rest)
      case 'delete': {
        const ids = idsOf(library, rest)
        const gone = library.remove(ids)
        for (const id of ids.filter((one) => !gone.includes(one)))
          console.error(`${id} is being trained: stop it first.`)
        say(
          options,
          { event: 'deleted', ids: gone },
          `Deleted ${gone.join(', ')}. For a week, restore brings them back.`
        )
        return gone.length === ids.length ? 0 : 2
      }
      case 'restore':
        library.restore(rest)
        say(options, { event: 'restored', ids: rest }, `Brought back ${rest.join(', ')}.`)
        return 0
      case 'star':
      case 'unstar':
        return change(library, options, rest, () => ({ starred: action === 'star' }))
      case 'tag':
      case 'untag': {
        const [tag, ...ids] = rest.reverse()
        if (tag === undefined || ids.length === 0)
          throw new BadInput(`Which runs, and which tag? runs ${action} ID tag`)
        return change(library, options, ids.reverse(), ({ tags }) => ({
          tags: action === 'tag' ? [...tags, tag] : tags.filter((one) => one !== tag)
        }))
      }
      case 'name':
      case 'note': {
        const [id, ...words] = rest
        if (id === undefined) throw new BadInput(`Which run? runs ${action} ID words`)
        return change(library, options, [id], () => ({ [action]: words.join(' ') }))
      }
      case 'reproduce':
        return await reproduce(library, options, rest)
      default:
        throw new BadInput(`There is no “runs ${action}”. There are ${ACTIONS}.`)
    }
  } finally {
    library.close()
  }
}

/** `netloom compare`: settings that differ and what came of them. */
export function compare(options: Options): number {
  const library = RunLibrary.open(runsFolder())
  try {
    const details = idsOf(library, options.words).map((id) => detailsOf(library, id))
    if (details.length < 2) throw new BadInput('Which runs? compare ID ID …')
    const { differing, same } = compareSettings(details.map(({ begun }) => begun.document))
    if (options.json) {
      for (const { run } of details) process.stdout.write(`${JSON.stringify({ event: 'run', ...run })}\n`)
      process.stdout.write(`${JSON.stringify({ event: 'compared', differing, same })}\n`)
      return 0
    }
    const rows = [
      ['', ...details.map(({ run }) => run.id)],
      ['Name', ...details.map(({ run }) => runName(run))],
      ...differing.map(({ label, values }) => [label, ...values.map((value) => value ?? '–')]),
      ...outcomeRows(details)
    ]
    const known = same.filter(({ first }) => first).map(({ label, value }) => `${label} ${value}`)
    process.stdout.write(`${table(rows)}\n\nSame in every run: ${known.join(', ')}.\n`)
    return 0
  } finally {
    library.close()
  }
}

function outcomeRows(details: readonly RunDetails[]): string[][] {
  const row = (label: string, cell: (details: RunDetails) => string): string[] => [
    label,
    ...details.map(cell)
  ]
  return [
    row('Best loss', ({ run }) => lossOf(run)),
    row('Best accuracy', ({ run }) => accuracyOf(run)),
    row('Best epoch', ({ run }) => (run.best ? String(run.best.epoch) : '–')),
    row('An epoch', ({ run }) => timeOf(secondsAnEpoch(run))),
    row('Overfitting', readingOf),
    row('End', ({ run }) => endText(run))
  ]
}

function list(library: RunLibrary, options: Options, search: string): number {
  const found = library.list({ ...firstQuery, search, limit: 2000 })
  if (options.json) {
    for (const run of found.runs) process.stdout.write(`${JSON.stringify({ event: 'run', ...run })}\n`)
    return 0
  }
  if (found.runs.length === 0) {
    process.stdout.write(
      found.all === 0 ? 'No runs are kept yet: netloom train keeps them.\n' : 'No run is like that.\n'
    )
    return 0
  }
  const rows = found.runs.map((run) => [
    `${run.starred ? '* ' : '  '}${run.id}`,
    new Date(run.started).toISOString().slice(0, 16).replace('T', ' '),
    runName(run),
    ...[run.data, lossOf(run), accuracyOf(run), String(run.epoch), timeText(run.seconds), endText(run)],
    run.tags.join(', ')
  ])
  const head = ['  Run', 'Began', 'Name', 'Data', 'Loss', 'Accuracy', 'Epochs', 'Took', 'End', 'Tags']
  process.stdout.write(`${table([head, ...rows])}\n`)
  return 0
}

function show(library: RunLibrary, options: Options, words: readonly string[]): number {
  for (const id of idsOf(library, words)) {
    const details = detailsOf(library, id)
    const { run, machine, changes } = details
    if (options.json) {
      const points = library.points(id)
      process.stdout.write(
        `${JSON.stringify({ event: 'run', ...run, machine, changes, document: details.begun.document, points })}\n`
      )
      continue
    }
    const weights = run.weights.map(({ kind, epoch }) => `${kind} (epoch ${epoch})`).join(', ')
    const rows = [
      ...[
        ['Run', run.id],
        ['Name', runName(run)],
        ['Project', run.project],
        ['Data', run.data]
      ],
      ...[
        ['Began', new Date(run.started).toISOString()],
        ['End', endText(run)]
      ],
      ...outcomeRows([details]),
      ['Took', timeText(run.seconds)],
      ['Engine', `${run.engine.title}, threads: ${run.engine.threads ?? machine.threads}`],
      ['Computer', `${machine.platform}, ${machine.processor}, Netloom ${machine.netloom}`],
      ['Weights', weights === '' ? (run.weightsGone ? 'let go to save space' : 'none') : weights],
      ...(run.repeat ? [['Rerun', repeatText(run.repeat, run)]] : []),
      ...(run.tags.length > 0 ? [['Tags', run.tags.join(', ')]] : []),
      ...(run.note === '' ? [] : [['Note', run.note]])
    ]
    process.stdout.write(`${table(rows)}\n\n`)
  }
  return 0
}

async function reproduce(library: RunLibrary, options: Options, words: readonly string[]): Promise<number> {
  const [id] = idsOf(library, words)
  const details = detailsOf(library, id!)
  // Before anything loads TensorFlow.
  Object.assign(process.env, tensorflowEnvironment(details.machine))
  const result = await rerun(library, details, { onEpoch: () => undefined })
  if (!result.ok) throw badInput(result.problems)
  say(options, { event: 'reproduced', id, ...result.value }, repeatText(result.value, details.run))
  return result.value.same ? 0 : 1
}

function change(
  library: RunLibrary,
  options: Options,
  words: readonly string[],
  to: (run: KeptRun) => RunChange
): number {
  for (const id of idsOf(library, words)) {
    library.change([id], to(library.find(id)!))
    const run = library.find(id)!
    say(
      options,
      { event: 'run', ...run },
      `${id}  ${runName(run)}${run.starred ? '  *' : ''}  ${run.tags.join(', ')}`.trimEnd()
    )
  }
  return 0
}

/** The runs whose ids begin like these words; each has to be one. */
function idsOf(library: RunLibrary, words: readonly string[]): string[] {
  if (words.length === 0) throw new BadInput('Which run? netloom runs lists them.')
  return words.map((word) => {
    const found = library.matching(word)
    if (found.length === 0) throw new BadInput(`There is no run ${word}. netloom runs lists them.`)
    if (found.length > 1) throw new BadInput(`${word} could be ${found.join(' or ')}.`)
    return found[0]!
  })
}

function detailsOf(library: RunLibrary, id: string): RunDetails {
  const details = library.details(id)!
  if (!details.ok) throw badInput(details.problems)
  return details.value
}

function say(options: Options, event: object, text: string): void {
  process.stdout.write(`${options.json ? JSON.stringify(event) : text}\n`)
}

const lossOf = ({ best }: KeptRun): string => {
  const loss = best?.valLoss ?? best?.trainLoss ?? best?.loss
  return loss === undefined ? '–' : loss.toPrecision(4)
}
const accuracyOf = ({ best }: KeptRun): string => {
  const share = best?.valAccuracy ?? best?.trainAccuracy ?? best?.accuracy
  return share === undefined ? '–' : `${(100 * share).toFixed(1)} %`
}
const timeOf = (seconds: number | undefined): string => (seconds === undefined ? '–' : timeText(seconds))
const readingOf = ({ run, begun }: RunDetails): string => {
  const noun = nounOf(derive(begun.document, begun.files).data)
  return readingWords(run.reading, noun)?.short ?? 'too early to say'
}
