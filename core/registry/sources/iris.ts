import { IRIS_FEATURES, IRIS_KINDS, irisRows } from '../../data/irises'
import { givenRows } from '../../data/preparation/given'
import { defineSource } from '../define'

const FEATURES = { both: [0, 2], petals: [2, 3], all: [0, 1, 2, 3] } as const
const KINDS = { two: ['setosa', 'versicolor'], all: IRIS_KINDS } as const

/** Fisher's irises: lengths and widths of leaves in cm, and the kind of flower. Always the same rows. */
export default defineSource({
  type: 'iris',
  title: 'Irises',
  summary: 'Flowers that Fisher measured in 1936: which kind is it?',
  icon: 'flower',
  fields: {
    features: {
      kind: 'choice',
      label: 'Measurements',
      help: 'With two of them the flowers are points in a plane.',
      default: 'both',
      options: [
        { value: 'both', label: 'Sepal and petal length' },
        { value: 'petals', label: 'Petal length and width' },
        { value: 'all', label: 'All four' }
      ]
    },
    kinds: {
      kind: 'choice',
      label: 'Flowers',
      help: 'Setosa and versicolor can be parted by a line.',
      default: 'all',
      options: [
        { value: 'two', label: 'Setosa and versicolor' },
        { value: 'all', label: 'All three kinds' }
      ]
    },
    standardise: {
      kind: 'bool',
      label: 'Put on one scale',
      help: 'Gives every measurement the mean 0 and the standard deviation 1.',
      default: false
    }
  },
  describe: ({ features, kinds }) => ({
    features: FEATURES[features].map((i) => IRIS_FEATURES[i]),
    classes: [...KINDS[kinds]],
    shape: [FEATURES[features].length],
    target: { classes: KINDS[kinds].length, shape: [] },
    rows: 50 * KINDS[kinds].length
  }),
  generate: ({ features, kinds, standardise: onOneScale }) => {
    const flowers = KINDS[kinds].flatMap((kind, label) => irisRows(kind).map((row) => ({ row, label })))
    const columns = FEATURES[features].map((i) => ({
      name: IRIS_FEATURES[i]!,
      values: Float64Array.from(flowers, ({ row }) => row[i]!),
      encode: onOneScale ? ('standardise' as const) : ('none' as const)
    }))
    const labels = Int32Array.from(flowers, ({ label }) => label)
    return givenRows(columns, labels, { name: 'species', classes: [...KINDS[kinds]] })
  }
})
