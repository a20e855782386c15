import { sequenceSamples, WAVES } from '../../data/sequences'
import { randomStream } from '../../random/stream'
import { defineSource, type SourceDescription } from '../define'

/** Steps of a whole turn of the waves that are drawn. */
const DRAWN_PERIOD = 16

/**
 * Sine, square and triangle waves, for the shapes that recurrent networks come in. `classify`: which wave is it
 * (phase, period from 8 to 16 steps and noise are drawn anew for each). `label`: is the wave going up or down, at each
 * step, told from the wave without its noise; square waves are left out, as they mostly do neither. `draw`: the wave
 * of a class, from its start, with period 16; here the noise is in the answers.
 */
export default defineSource({
  type: 'waves',
  title: 'Waves',
  summary: 'Sine, square and triangle waves: tell them apart, follow them, or draw them.',
  icon: 'activity',
  fields: {
    samples: sequenceSamples,
    task: {
      kind: 'choice',
      label: 'What to do',
      help: 'Many steps to one answer, one answer at each step, or one class to many steps.',
      default: 'classify',
      options: [
        { value: 'classify', label: 'Tell which wave it is' },
        { value: 'label', label: 'Tell up from down at each step' },
        { value: 'draw', label: 'Draw the wave of a class' }
      ]
    },
    steps: {
      kind: 'int',
      label: 'Steps',
      unit: 'steps',
      help: 'How long each wave is.',
      default: 32,
      min: 4,
      max: 1000
    },
    noise: {
      kind: 'float',
      label: 'Noise',
      help: 'How much each step is shaken.',
      default: 0.05,
      min: 0,
      max: 1,
      step: 0.05
    }
  },
  describe: ({ samples: rows, task, steps }): SourceDescription => {
    const names = WAVES.map(({ name }) => name)
    const wave = { features: ['height'], shape: [steps, 1], rows }
    switch (task) {
      case 'classify':
        return { ...wave, classes: names, target: { classes: names.length, shape: [] } }
      case 'label':
        return { ...wave, classes: ['down', 'up'], target: { classes: 2, shape: [steps] } }
      case 'draw':
        return { features: names, classes: [], shape: [names.length], target: { shape: [steps, 1] }, rows }
    }
  },
  generate: ({ samples: rows, task, steps, noise }, { seed }) => {
    const random = randomStream(seed, 'data/waves')
    const heights = new Float32Array(rows * steps)
    const kinds = new Int32Array(rows)
    const ups = new Int32Array(rows * steps)
    const pool = task === 'label' ? WAVES.filter(({ name }) => name !== 'square') : WAVES
    for (let row = 0; row < rows; row++) {
      const kind = row % pool.length
      const { at } = pool[kind]!
      kinds[row] = kind
      const drawn = task === 'draw'
      const period = drawn ? DRAWN_PERIOD : 8 + 8 * random.uniform()
      const phase = drawn ? 0 : random.uniform()
      for (let step = 0; step < steps; step++) {
        const turns = phase + step / period
        heights[row * steps + step] = at(turns) + noise * random.normal()
        ups[row * steps + step] = at(turns) > at(turns - 1 / period) ? 1 : 0
      }
    }
    if (task === 'classify') return { x: heights, y: kinds }
    if (task === 'label') return { x: heights, y: ups }
    const x = new Float32Array(rows * WAVES.length)
    for (let row = 0; row < rows; row++) x[row * WAVES.length + kinds[row]!] = 1
    return { x, y: heights }
  }
})
