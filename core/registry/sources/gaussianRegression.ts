import { inputs, oneNumber, playgroundNoise, samples, valueRows } from '../../data/points/shared'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

const HILLS = [
  [-4, 2.5, 1],
  [0, 2.5, -1],
  [4, 2.5, 1],
  [-4, -2.5, -1],
  [0, -2.5, 1],
  [4, -2.5, -1]
] as const

/**
 * Six cones of radius 2, up and down in turn: the number is ±(1 − d/2) at distance d from the nearest centre, 0 away
 * from all of them. Noise moves the place that decides the number: the classic browser playground's gauss regression.
 */
export default defineSource({
  type: 'gaussianRegression',
  title: 'Hills and dips',
  summary: 'Each point has a number: three hills and three dips in a plain.',
  icon: 'sun',
  fields: { samples, noise: playgroundNoise, inputs },
  describe: oneNumber,
  generate: (config, { seed }) => {
    const random = randomStream(seed, 'data/gaussianRegression')
    const even = (): number => 12 * random.uniform() - 6
    return valueRows(config.samples, () => {
      const [x, y] = [even(), even()]
      return [x, y, heightAt(x + even() * config.noise, y + even() * config.noise)]
    })
  }
})

function heightAt(x: number, y: number): number {
  let height = 0
  for (const [centreX, centreY, sign] of HILLS) {
    const own = sign * Math.min(1, Math.max(0, 1 - Math.hypot(x - centreX, y - centreY) / 2))
    if (Math.abs(own) > Math.abs(height)) height = own
  }
  return height
}
