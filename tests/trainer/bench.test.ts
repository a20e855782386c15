import { derive } from '@core/graph/derive'
import { benchProject } from '@trainer/bench/project'
import { workloadSchema } from '@trainer/bench/workload'
import { describe, expect, test } from 'vitest'
import { ratios } from '../../scripts/bench/tables.mjs'
import { duration, median } from '../../scripts/bench/statistics.mjs'
import { workloads } from '../../scripts/bench/workloads.mjs'

/** Counted apart from the code: inputs × outputs + biases of each layer, and Keras' counts for the recurrent ones. */
const weightsOf: { readonly [name: string]: number } = {
  'moons-3': 17,
  'moons-50': 252,
  'mnist-step': 101_770,
  'mnist-cnn': 3_274_634,
  'cifar-cnn4': 1_250_858,
  'cifar-cnn6': 2_395_434,
  'lstm-28': 24_458,
  'lstm-200': 24_458,
  'moons-3-many': 17,
  'moons-50-many': 252,
  'playground-epoch': 25,
  'playground-grid': 25,
  quickstart: 101_770,
  'binary-addition': 304,
  'growth-batch-8': 101_770,
  'growth-batch-32': 101_770,
  'growth-batch-128': 101_770,
  'growth-batch-512': 101_770,
  'growth-width-16': 12_730,
  'growth-width-64': 50_890,
  'growth-width-256': 203_530,
  'growth-width-1024': 814_090,
  'growth-depth-1': 50_890,
  'growth-depth-2': 55_050,
  'growth-depth-4': 63_370,
  'growth-depth-8': 80_010,
  'growth-depth-16': 113_290
}

describe('the benchmark', () => {
  test.each(workloads)('$name is a network without problems', (described) => {
    const workload = workloadSchema.parse(described)
    const document = benchProject(workload)
    const { problems, nodes } = derive(document, {})
    expect(problems).toEqual([])
    expect(Object.values(nodes).reduce((sum, { parameters }) => sum + parameters, 0)).toBe(
      weightsOf[described.name]
    )
  })

  test('tells middles, times and ratios', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect([0.0064, 0.25, 123.4, 25_600].map(duration)).toEqual(['6.4 µs', '0.25 ms', '123 ms', '25.6 s'])
    const best = {
      Netloom: { side: 'Netloom', median: 2, minimum: 1 },
      Keras: { side: 'Keras', median: 8, minimum: 2 }
    }
    expect(ratios({ best })).toEqual({ median: 0.25, minimum: 0.5 })
    expect(ratios({ best: { Netloom: best.Netloom } })).toBeUndefined()
  })
})
