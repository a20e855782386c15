import { sizeOf } from '@core/graph/signal'
import type { FromTrainer, ToTrainer } from '@core/ipc'
import { examplesOf } from '../answers/inside'
import { spread } from '../answers/sheet'
import { gatherExamples } from '../engines/step/gather'
import type { Model } from '../model'
import { weightsAt, type Turns } from '../views/turns'
import type { Moments } from './moments'

type Reply = Extract<FromTrainer, { type: 'slopes' }>
type Request = Extract<ToTrainer, { type: 'slopes' }>

/** Examples that the average is taken of. */
const EXAMPLES = 500

/**
 * The gradient of an answer for the numbers of its example (Simonyan, Vedaldi and Zisserman, 2013), and what each of them
 * brings against the average: slope · (number − average of the training part), which adds up to the whole difference
 * where the network is linear. Undefined where the numbers stand for symbols, and where an example has several answers.
 */
export async function slopesOf(
  model: Model,
  { id, epoch, example, class: wanted }: Request,
  { meter }: Moments,
  turns: Turns,
  stays: () => boolean
): Promise<Reply | undefined> {
  const { dataset, network, plan, document } = model
  const { classes, shape: positions } = plan.main.target
  const x = examplesOf(model, example)
  const single = classes === undefined ? sizeOf(plan.main.prediction) === 1 : positions.length === 0
  if (!meter || !single || dataset.symbols || dataset.tokens !== undefined) return undefined
  if (!(x instanceof Float32Array) || (wanted ?? 0) >= (classes ?? 1)) return undefined
  return turns.take(() => {
    if (!stays()) return undefined
    const seen = weightsAt(model, epoch)
    const said = network.answers(x, seen.weights)
    const class_ = classes === undefined ? undefined : (wanted ?? said.indexOf(Math.max(...said)))
    const { slopes } = meter.slopes(x, class_, seen.weights, document)
    const usual = average(model)
    return {
      ...{ type: 'slopes' as const, id, epoch: seen.epoch, slopes: slopes as Float32Array<ArrayBuffer> },
      ...(class_ === undefined ? {} : { class: class_ }),
      moved: Float32Array.from(slopes, (slope, i) => slope * (x[i]! - usual[i]!))
    }
  })
}

/** [shape]: the mean of examples that the network learns from. */
function average({ dataset }: Model): Float64Array {
  const { train } = dataset.parts
  const size = sizeOf(dataset.shape)
  const x = gatherExamples(
    dataset,
    spread(train.length, EXAMPLES).map((i) => train[i]!)
  )
  const sums = new Float64Array(size)
  for (let i = 0; i < x.length; i++) sums[i % size]! += x[i]!
  return sums.map((sum) => (sum * size) / Math.max(size, x.length))
}
