import { createInterface } from 'node:readline'
import { z } from 'zod'
import { Contestant } from './contestant'
import { workloadSchema } from './workload'

/*
 * Our side of `npm run bench`: asked over stdin, one JSON object a line, what scripts/bench/keras_peer.py is asked.
 */

const engineName = z.enum(['native', 'wasm', 'fused'])
const requestSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('hello') }),
  z.object({ do: z.literal('open'), workload: workloadSchema, ways: z.array(engineName) }),
  z.object({ do: z.literal('time'), way: engineName, budgetMs: z.number() }),
  z.object({ do: z.literal('job'), way: engineName, epochs: z.number() }),
  z.object({ do: z.literal('memory') })
])
type Request = z.infer<typeof requestSchema>

const opened = new Map<string, Contestant>()

async function open({ workload, ways }: Extract<Request, { do: 'open' }>): Promise<object> {
  for (const contestant of opened.values()) contestant.dispose()
  opened.clear()
  const result: Record<string, object> = {}
  for (const way of ways) {
    try {
      const contestant = await Contestant.open(workload, way)
      opened.set(way, contestant)
      result[way] = { openMs: contestant.openMs }
    } catch (error) {
      // An engine that cannot is an answer, and the table says why.
      result[way] = { reason: messageOf(error) }
    }
  }
  return { ways: result }
}

/** Mean milliseconds a step over a slice of at least this length. */
function time(contestant: Contestant, budgetMs: number): object {
  const started = performance.now()
  for (let steps = contestant.chunk; ; steps += contestant.chunk) {
    contestant.run(contestant.chunk)
    const elapsed = performance.now() - started
    if (elapsed >= budgetMs) return { ms: elapsed / steps, steps }
  }
}

function job(contestant: Contestant, epochs: number): object {
  const started = performance.now()
  const result = contestant.job(epochs)
  return { ms: performance.now() - started, result }
}

async function answer(request: Request): Promise<object> {
  switch (request.do) {
    case 'hello':
      return { node: process.version }
    case 'open':
      return open(request)
    case 'time':
      return time(opened.get(request.way)!, request.budgetMs)
    case 'job':
      return job(opened.get(request.way)!, request.epochs)
    case 'memory':
      return { rssMb: process.memoryUsage.rss() / 2 ** 20 }
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function serve(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    let reply: object
    try {
      reply = await answer(requestSchema.parse(JSON.parse(line)))
    } catch (error) {
      reply = { error: messageOf(error) }
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`)
  }
}

serve().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
