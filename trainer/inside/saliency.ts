import { countOf, covered, logOdds, occlusionMap, patchesOf } from '@core/inside/occlusion'
import type { FromTrainer, ToTrainer } from '@core/ipc'
import { examplesOf } from '../answers/inside'
import { spread } from '../answers/sheet'
import { gatherExamples } from '../engines/step/gather'
import type { Model } from '../model'
import { weightsAt, type Turns } from '../views/turns'

type Reply = Extract<FromTrainer, { type: 'saliency' }>
type Request = Extract<ToTrainer, { type: 'saliency' }>

/** Pictures that are answered in one go. */
const SLICE = 32
/** Pictures that the grey is the mean of. */
const PICTURES = 200

/**
 * Which pixels of a picture the share of a class hangs on. Undefined where examples are no pictures, or where there is no
 * single class to say.
 */
export async function saliency(
  model: Model,
  { id, epoch, example, class: wanted }: Request,
  turns: Turns,
  stays: () => boolean
): Promise<Reply | undefined> {
  const { dataset, network, plan } = model
  const { classes, shape: positions } = plan.main.target
  const { shape } = dataset
  const picture = examplesOf(model, example)
  if (shape.length !== 3 || !plan.scheme.compares || classes === undefined || positions.length > 0)
    return undefined
  if (!(picture instanceof Float32Array) || (wanted ?? 0) >= classes) return undefined
  const size = shape as unknown as readonly [number, number, number]
  const begun = await turns.take(() => {
    if (!stays()) return undefined
    const seen = weightsAt(model, epoch)
    const shares = network.answers(picture, seen.weights)
    return { seen, shares, grey: meanPixel(model) }
  })
  if (!begun) return undefined
  const { seen, shares, grey } = begun
  const class_ = wanted ?? shares.indexOf(Math.max(...shares))
  const patches = patchesOf(size[0], size[1])
  const count = countOf(patches)
  const own = logOdds(shares, class_)
  const falls = new Float32Array(count)
  let [least, most] = [shares[class_]!, shares[class_]!]
  for (let from = 0; from < count; from += SLICE) {
    const to = Math.min(count, from + SLICE)
    const answers = await turns.take(() =>
      stays() ? network.answers(covered(picture, size, patches, grey, from, to), seen.weights) : undefined
    )
    if (!answers) return undefined
    for (let i = from; i < to; i++) {
      const share = answers.subarray((i - from) * classes, (i - from + 1) * classes)
      falls[i] = own - logOdds(share, class_)
      least = Math.min(least, share[class_]!)
      most = Math.max(most, share[class_]!)
    }
  }
  return {
    ...{ type: 'saliency', id, epoch: seen.epoch, class: class_, share: shares[class_]!, least, most },
    ...{ height: size[0], width: size[1], values: occlusionMap(falls, size[0], size[1], patches) },
    patch: patches.side
  }
}

/** The mean colour of pictures that the network learns from: a number a channel. */
function meanPixel({ dataset }: Model): Float32Array {
  const { train } = dataset.parts
  const channels = dataset.shape[2]!
  const x = gatherExamples(
    dataset,
    spread(train.length, PICTURES).map((i) => train[i]!)
  )
  const sums = new Float64Array(channels)
  for (let i = 0; i < x.length; i++) sums[i % channels]! += x[i]!
  return Float32Array.from(sums, (sum) => (sum * channels) / x.length)
}
