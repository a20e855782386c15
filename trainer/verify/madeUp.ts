import { sizeOf } from '@core/graph/signal'
import { lessonProjectOf } from '@core/lessons/projects'
import { randomStream } from '@core/random/stream'
import { unwrap } from '@core/result'
import { Batches } from '../batches'
import type { Activations } from '../engines/engine'
import { Model } from '../model'
import type { Measured, Trained } from './measures'

const SEED = 2024

/** Examples that a trained generator makes up [count, …shape], from noise that is the same each time. */
export function madeUp({ network, plan }: Model, count: number): Float32Array {
  const generator = plan.networks[0]!
  const random = randomStream(SEED, 'made up')
  const noise = Float32Array.from({ length: count * generator.source.units }, () => random.normal())
  const last = generator.sink.inputs['prediction']!.node
  const units = generator.nodes.find(({ id }) => id === last)!.units
  return byExample(network.activations({ points: noise, unitLimit: units, network: 0 })[last]!, count)
}

/** [units, count] → [count, units] */
function byExample({ units, values }: Activations, count: number): Float32Array {
  return Float32Array.from(
    { length: units * count },
    (_, i) => values[(i % units) * count + Math.floor(i / units)]!
  )
}

const POINTS = 2000
/** A cloud counts as found from this share of all points on. */
const FOUND = 0.02
/** How far from a cloud's middle a point still belongs to it, in standard deviations. */
const NEAR = 3

/** How many made-up points lie within three standard deviations of each cloud of a ring. */
function pointsByCloud(model: Model): number[] {
  const { clouds, noise } = model.document.data.source.config as { clouds: number; noise: number }
  const counts = new Array<number>(clouds).fill(0)
  const points = madeUp(model, POINTS)
  for (let i = 0; i < POINTS; i++)
    for (let cloud = 0; cloud < clouds; cloud++) {
      const angle = (2 * Math.PI * cloud) / clouds
      const distance = Math.hypot(
        points[2 * i]! - 2 * Math.cos(angle),
        points[2 * i + 1]! - 2 * Math.sin(angle)
      )
      if (distance <= NEAR * noise) counts[cloud]!++
    }
  return counts
}

export function modesFound({ model }: Trained): number {
  return pointsByCloud(model).filter((count) => count >= FOUND * POINTS).length
}

export function nearModes({ model }: Trained): number {
  return pointsByCloud(model).reduce((a, b) => a + b, 0) / POINTS
}

const PICTURES = 1000
const CLASSIFIER_EPOCHS = 3

/** Which digits a generator draws, judged by a network that was trained on real ones. */
export async function classesDrawn({ model }: Trained): Promise<Measured> {
  const judge = await trainedClassifier()
  try {
    const shares = judge.network.answers(madeUp(model, PICTURES))
    const counts = new Array<number>(10).fill(0)
    for (let i = 0; i < PICTURES; i++) {
      const own = shares.subarray(10 * i, 10 * i + 10)
      counts[own.indexOf(Math.max(...own))]!++
    }
    const accuracy = judge.network.evaluate('test').accuracy!
    return {
      value: counts.filter((count) => count >= FOUND * PICTURES).length,
      lines: [
        `Of ${PICTURES} drawn pictures a network that is right for ${(100 * accuracy).toFixed(1)} % of real digits sees:`,
        counts.map((count, digit) => `${digit}: ${count}`).join(', ')
      ]
    }
  } finally {
    judge.network.dispose()
  }
}

/** The quickstart's network, trained on real digits. */
async function trainedClassifier(): Promise<Model> {
  const model = unwrap(await Model.compile(lessonProjectOf('mnist-quickstart')!.document, {}))
  const batches = new Batches(model.document, model.dataset)
  for (let step = 0; step < CLASSIFIER_EPOCHS * batches.perEpoch; step++)
    model.network.train({ first: step, batches: [batches.at(step)], factors: [1], measured: false })
  if (sizeOf(model.dataset.shape) !== 784) throw new Error('The classifier is for digits.')
  return model
}
