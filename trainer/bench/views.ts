import { readFileSync } from 'node:fs'
import { serialize } from 'node:v8'
import { setSetting } from '@core/document/paths'
import type { Document } from '@core/document/schema'
import type { ViewWindow } from '@core/ipc'
import { lessonProjectOf } from '@core/lessons/projects'
import { unwrap } from '@core/result'
import { firstProject } from '@core/templates'
import { sleep } from '../alarm'
import { Session } from '../session'

/*
 * What training loses to someone who looks at it: steps a second with and without a window that asks for the boundary
 * and every neuron's map at 100 × 100, twelve times a second, and for what goes on inside the network as often as its
 * panel does, in turns. One JSON object a line on stdout.
 *   views.cjs <bundle of the view worker> <rounds>
 */

const SIDE = 100
const PICTURES_A_SECOND = 12
const ROUND_MS = 2000
/** How often the panel asks for layers over time and for what keeps them from learning. */
const LAYERS_MS = 900
const FINDINGS_MS = 1500
/** Until compilers have done their work. */
const WARM_MS = 1500

const withSettings = (document: Document, settings: { readonly [path: string]: unknown }): Document =>
  Object.entries({ ...settings, 'training.epochs': 10_000_000, 'view.pace': 'full' }).reduce(
    (made, [path, value]) => unwrap(setSetting(made, path, value)),
    document
  )

const playground = lessonProjectOf('playground')!.document
const cases: readonly (readonly [string, Document])[] = [
  ['Moons 2-3-2, full batch, fused', withSettings(firstProject, { 'training.engine': 'fused' })],
  ['Playground 2-4-2-1, batches of 10, fused', withSettings(playground, { 'training.engine': 'fused' })],
  [
    'Moons 2-50-2, full batch, fused',
    withSettings(firstProject, { 'training.engine': 'fused', 'nodes.hidden.units': 50 })
  ],
  [
    'Moons 2-50-2, full batch, native',
    withSettings(firstProject, { 'training.engine': 'native', 'nodes.hidden.units': 50 })
  ]
]

/** Seconds that the training thread has computed for, where the system tells; undefined elsewhere. */
function computedFor(): number | undefined {
  if (process.platform !== 'linux') return undefined
  const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')
  return Number(nanoseconds) / 1e9
}

/** Someone who looks: asks anew when the next picture is due and the one before has come. */
class Watcher {
  private id = 0
  private answered = 0
  /** Pixels of the answers' boundaries. */
  private pixels = 0
  private timers: NodeJS.Timeout[] = []

  constructor(
    private readonly ask: (id: number, window: ViewWindow) => void,
    private readonly askInside: (type: 'layers' | 'findings') => void
  ) {}

  take(message: { readonly type: string; readonly boundary?: { readonly values: Float32Array } }): void {
    // What a message port does with it.
    serialize(message)
    if (message.type !== 'view') return
    this.answered++
    this.pixels += (message.boundary?.values.length ?? 0) / 2
  }

  look(on: boolean): void {
    this.timers.forEach(clearInterval)
    const window: ViewWindow = { width: SIDE, height: SIDE, domain: [-2, 3, -1.5, 2] }
    if (!on) return
    const look = (): void => {
      if (this.answered === this.id) this.ask(++this.id, window)
    }
    this.timers = [
      setInterval(look, 1000 / PICTURES_A_SECOND),
      setInterval(() => this.askInside('layers'), LAYERS_MS),
      setInterval(() => this.askInside('findings'), FINDINGS_MS)
    ]
  }

  /** Pictures, and pixels in all of them, since the last time. */
  count(): { readonly pictures: number; readonly pixels: number } {
    const counted = { pictures: this.answered - this.before, pixels: this.pixels }
    this.before = this.answered
    this.pixels = 0
    return counted
  }
  private before = 0
}

async function measure(title: string, document: Document, viewWorker: string | undefined, rounds: number) {
  const [nodeId] = Object.keys(document.networks[0]!.nodes).filter((id) => id.startsWith('hidden'))
  const watcher = new Watcher(
    (id, window) => session.receive({ type: 'view', id, boundary: window, tiles: window }),
    (type) =>
      session.receive(
        type === 'layers' ? { type, id: 0, ...(nodeId === undefined ? {} : { nodeId }) } : { type, id: 0 }
      )
  )
  const session: Session = new Session(
    {
      event: () => undefined,
      answer: (message) => watcher.take(message as Parameters<Watcher['take']>[0])
    },
    { paced: true, ...(viewWorker === undefined ? {} : { viewWorker }) }
  )
  unwrap(await session.start({ document, files: {}, from: 'scratch', until: 'end' }))
  const steps = (): number => session.ready!.position.step
  const round = async (watched: boolean) => {
    watcher.look(watched)
    watcher.count()
    const [from, start, computed] = [steps(), performance.now(), computedFor()]
    await sleep(ROUND_MS)
    const seconds = (performance.now() - start) / 1000
    const made = steps() - from
    const { pictures, pixels } = watcher.count()
    return {
      stepsPerSecond: made / seconds,
      // Whatever else goes on on the machine.
      ...(computed === undefined ? {} : { stepsPerComputedSecond: made / (computedFor()! - computed) }),
      picturesPerSecond: pictures / seconds,
      side: pictures > 0 ? Math.sqrt(pixels / pictures) : 0
    }
  }
  watcher.look(true)
  await sleep(WARM_MS)
  const found = []
  // Which comes first goes in turns as well.
  for (let i = 0; i < rounds; i++) {
    const first = await round(i % 2 === 0)
    const second = await round(i % 2 !== 0)
    found.push(i % 2 === 0 ? { watched: first, alone: second } : { watched: second, alone: first })
  }
  watcher.look(false)
  await session.dispose()
  console.log(JSON.stringify({ title, rounds: found }))
}

async function main(): Promise<void> {
  const [viewWorker, rounds] = process.argv.slice(2)
  for (const [title, document] of cases)
    await measure(title, document, viewWorker === 'none' ? undefined : viewWorker, Number(rounds))
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
