import { randomStream, type RandomStream } from '../../random/stream'
import { defineSource } from '../define'

const SIDE = 32
const CLASSES = ['disc', 'cross']

/**
 * Drawn pictures of two classes: a bright disc or cross of any colour, a little off the middle, on a dark ground of
 * any colour, with noise. Bytes of 0 to 255 stand for 0 to 1.
 */
export default defineSource({
  type: 'pictures',
  title: 'Discs and crosses',
  summary: 'Small colour pictures that Netloom draws: a disc or a cross, in noise.',
  icon: 'stamp',
  fields: {
    samples: {
      kind: 'int',
      label: 'Pictures',
      unit: 'pictures',
      help: 'How many pictures there are in all.',
      default: 2000,
      min: 10,
      max: 20_000
    },
    noise: {
      kind: 'float',
      label: 'Noise',
      help: 'How much each pixel is shaken, as a share of white.',
      default: 0.1,
      min: 0,
      max: 1,
      step: 0.05
    }
  },
  describe: ({ samples: rows }) => ({
    features: [],
    classes: CLASSES,
    shape: [SIDE, SIDE, 3],
    target: { classes: CLASSES.length, shape: [] },
    scale: 1 / 255,
    rows
  }),
  generate: ({ samples: rows, noise }, { seed }) => {
    const random = randomStream(seed, 'data/pictures')
    const x = new Uint8Array(rows * SIDE * SIDE * 3)
    const y = Int32Array.from({ length: rows }, (_, row) => row % CLASSES.length)
    for (let row = 0; row < rows; row++) draw(x.subarray(row * SIDE * SIDE * 3), y[row]!, noise, random)
    return { x, y }
  }
})

/** Draws one picture into the first bytes. */
function draw(into: Uint8Array, klass: number, noise: number, random: RandomStream): void {
  const between = (low: number, high: number): number => low + (high - low) * random.uniform()
  const ground = [0, 1, 2].map(() => between(0, 70))
  const shape = [0, 1, 2].map(() => between(160, 255))
  const [centreX, centreY, reach] = [between(13.5, 17.5), between(13.5, 17.5), between(7, 11)]
  for (let row = 0; row < SIDE; row++)
    for (let column = 0; column < SIDE; column++) {
      const dx = Math.abs(column - centreX)
      const dy = Math.abs(row - centreY)
      const inside =
        klass === 0
          ? dx * dx + dy * dy <= reach * reach
          : Math.min(dx, dy) <= 0.3 * reach && Math.max(dx, dy) <= reach
      for (let colour = 0; colour < 3; colour++) {
        const value = (inside ? shape : ground)[colour]! + 255 * noise * random.normal()
        into[(row * SIDE + column) * 3 + colour] = Math.min(255, Math.max(0, Math.round(value)))
      }
    }
}
