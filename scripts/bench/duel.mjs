// One workload: every side in every way it knows, then the best of them in turns.
import { median } from './statistics.mjs'

/** Ways this much slower than their side's best at a first look do not take part in the rounds. */
const CONTENDER = 1.4
const WARM_UP = 0.5
/** Share of a slice that each turn runs unmeasured: the others have had the caches meanwhile. */
const SETTLE = 0.2

/** Starts what can take part in such workloads: [{ side, settings, peer }]. */
const startAll = (sides, workload) =>
  sides.flatMap((side) =>
    side.settings(workload).map((settings) => ({ side, settings, peer: side.start(settings) }))
  )

/** Opens a workload in each process; answers with its ways, those that cannot with their reason. */
async function openAll(started, workload) {
  const ways = []
  for (const { side, settings, peer } of started) {
    const opened = await peer.ask('open', { workload, ways: side.ways(workload, settings) })
    for (const [way, { openMs, reason }] of Object.entries(opened.ways))
      ways.push({ side: side.name, way, settings, peer, openMs, reason, times: [] })
  }
  return ways
}

/** Milliseconds of as many steps as the workload's times stand for, over a share of its usual slice. */
async function measure({ peer, way }, workload, share = 1) {
  const { ms } = await peer.ask('time', { way, budgetMs: workload.sliceMs * share })
  return ms * (workload.unitSteps ?? 1)
}

/** One turn: milliseconds, and what a job came to. */
async function turn(way, workload) {
  if (workload.job) return way.peer.ask('job', { way: way.way, epochs: workload.epochs })
  await measure(way, workload, SETTLE)
  return { ms: await measure(way, workload) }
}

/** What a turn will take, roughly: a job's first epoch stands for the others. */
async function estimate(way, workload) {
  if (workload.job) {
    const { ms } = await way.peer.ask('job', { way: way.way, epochs: 1 })
    return ms * workload.epochs
  }
  await measure(way, workload, WARM_UP)
  return Math.min(await measure(way, workload), await measure(way, workload))
}

const sidesOf = (ways) => [...new Set(ways.map(({ side }) => side))]
const bestOf = (ways, value) => ways.reduce((best, way) => (value(way) < value(best) ? way : best))

/** The first look at each way. Answers with those that are worth rounds. */
async function lookAt(ways, workload) {
  const able = ways.filter(({ reason }) => reason === undefined)
  for (const way of able) way.first = await estimate(way, workload)
  return sidesOf(able).flatMap((side) => {
    const own = able.filter((way) => way.side === side)
    const { first } = bestOf(own, (way) => way.first)
    return own.filter((way) => way.first <= first * CONTENDER)
  })
}

const summary = ({ side, way, settings, openMs, reason, first, times, result, rssMb }) => ({
  ...{ side, way, settings, openMs, reason, first, result, rssMb },
  ...(times.length ? { median: median(times), minimum: Math.min(...times), times } : {})
})

async function duel(started, workload, rounds, say) {
  const ways = await openAll(started, workload)
  const contenders = await lookAt(ways, workload)
  for (let round = 0; round < rounds; round++) {
    say(`${workload.name}: round ${round + 1} of ${rounds}`)
    // The other way round each time: nobody is always the one that runs on a warm or a tired machine.
    for (const way of round % 2 ? [...contenders].reverse() : contenders) {
      const { ms, result } = await turn(way, workload)
      way.times.push(ms)
      way.result = result
    }
  }
  for (const way of contenders) way.rssMb = (await way.peer.ask('memory')).rssMb
  const { name, title, group, series, at, goal, goalMs } = workload
  const best = Object.fromEntries(
    sidesOf(contenders).map((side) => [
      side,
      summary(
        bestOf(
          contenders.filter((way) => way.side === side),
          (way) => median(way.times)
        )
      )
    ])
  )
  return { name, title, group, series, at, goal, goalMs, rounds, best, ways: ways.map(summary) }
}

/** Measures workloads that belong together in one set of processes: one workload, or a line of growth. */
export async function measureWorkloads(workloads, sides, rounds, say) {
  const started = startAll(sides, workloads[0])
  try {
    for (const { peer } of started) await peer.ask('hello')
    const results = []
    for (const workload of workloads) results.push(await duel(started, workload, rounds, say))
    return results
  } finally {
    for (const { peer } of started) peer.close()
  }
}
