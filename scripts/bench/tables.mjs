// Results as the tables of docs/performance.md.
import { duration } from './statistics.mjs'

/** A table of Markdown. */
export const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const ratio = (value) => (Number.isFinite(value) ? value.toPrecision(2) : '–')
const settingsText = ({ threads, oneDnn }) =>
  `${threads === 1 ? '1 thread' : `${threads} threads`}${oneDnn ? ', oneDNN' : ''}`
const timeText = (way, key = 'median') =>
  way ? `${duration(way[key])} (${way.way}, ${settingsText(way.settings)})` : 'not measured'
const theirsOf = ({ best }) => Object.values(best).find(({ side }) => side !== 'Netloom')

/** Ours over theirs, of medians and of minima; undefined where one side is missing. */
export function ratios(result) {
  const [ours, theirs] = [result.best['Netloom'], theirsOf(result)]
  if (!ours || !theirs) return undefined
  return { median: ours.median / theirs.median, minimum: ours.minimum / theirs.minimum }
}

function goalText({ goal, goalMs }) {
  if (goal !== undefined) return `≤ ${goal}`
  return goalMs === undefined ? '' : `≤ ${duration(goalMs)}`
}

function reached(result) {
  const { goal, goalMs, best } = result
  const value = goal !== undefined ? ratios(result)?.median : best['Netloom']?.median
  const limit = goal ?? goalMs
  if (value === undefined || limit === undefined) return ''
  return value <= limit ? 'yes' : '**no**'
}

function mainTable(results, unit) {
  const rows = results.map((result) => {
    const found = ratios(result)
    return [
      ...[result.title, timeText(result.best['Netloom']), timeText(theirsOf(result))],
      ...[ratio(found?.median), ratio(found?.minimum), goalText(result), reached(result)]
    ]
  })
  return table([unit, 'Netloom', 'best peer', 'ratio of medians', 'of minima', 'goal', 'met'], rows)
}

/** Until the first step is done, and resident memory afterwards. */
function startTable(results) {
  const rows = results.map(({ title, best, ...result }) => {
    const [ours, theirs] = [best['Netloom'], theirsOf({ best, ...result })]
    const cells = [ours, theirs].flatMap((way) => [
      way ? duration(way.openMs) : '–',
      way?.rssMb === undefined ? '–' : `${Math.round(way.rssMb)} MB`
    ])
    return [title, ...cells]
  })
  return table(['', 'Netloom: compile + first step', 'memory', 'peer: compile + first step', 'memory'], rows)
}

function growthTable(results) {
  const rows = results.map((result) => [
    ...[result.title, timeText(result.best['Netloom']), timeText(theirsOf(result))],
    ratio(ratios(result)?.median)
  ])
  return table(['dense 784-128-10, batch 32, Adam, but', 'Netloom', 'best peer', 'ratio'], rows)
}

/** Every way of every workload: what took part in the rounds, and what was left behind at the first look. */
function wayTable(results) {
  const rows = results.flatMap(({ title, ways }) =>
    ways.map((way) => [
      ...[title, `${way.side}: ${way.way}`, settingsText(way.settings)],
      ...(way.median === undefined ? ['', ''] : [duration(way.median), duration(way.minimum)]),
      way.reason ?? (way.first === undefined ? '' : duration(way.first))
    ])
  )
  return table(['workload', 'way', 'settings', 'median', 'minimum', 'first look'], rows)
}

/** What a whole job came to, so that it can be seen that both sides did it. */
function outcomes(results) {
  return results.flatMap(({ title, best }) =>
    Object.values(best)
      .filter(({ result }) => result)
      .map(({ side, way, result }) => {
        const numbers = Object.entries(result).map(([name, value]) => `${name} ${Number(value.toFixed(4))}`)
        return `- ${title}, ${side} (${way}): ${numbers.join(', ')}`
      })
  )
}

/** The whole page below its title. `machine` names the machine in a line; `views` and `app` are tables or undefined. */
export function page({ machine, results, views, app }) {
  const of = (group) => results.filter((result) => result.group === group)
  const fast = results.filter(({ group }) => group !== 'growth')
  const part = (title, text, list) => (list.length ? [`## ${title}\n\n${text}\n`] : [])
  const jobs = outcomes(results)
  return [
    `${machine}\n`,
    ...part('One call a step', mainTable(of('interactive'), 'a step'), of('interactive')),
    ...part(
      'As many steps a call as each side likes',
      mainTable([...of('throughput'), ...of('grid')], 'a step, or what the row says'),
      [...of('throughput'), ...of('grid')]
    ),
    ...part('Results of the whole jobs', jobs.join('\n'), jobs),
    ...part('How time grows', growthTable(of('growth')), of('growth')),
    ...part('Start and memory', startTable(fast), fast),
    ...part('All ways', wayTable(results), results),
    ...(views ? [`## What training loses to live views\n\n${views}\n`] : []),
    ...(app ? [`## The app\n\n${app}\n`] : [])
  ].join('\n')
}
