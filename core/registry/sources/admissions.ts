import { givenRows } from '../../data/preparation/given'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

const RANKS = ['1', '2', '3', '4']
const CLASSES = ['rejected', 'admitted']
/** Share of applicants from colleges of rank 1 to 4. */
const RANK_SHARES = [0.15, 0.38, 0.3, 0.17]
/** What a rank takes away from the log odds. */
const RANK_COSTS = [0, 0.68, 1.34, 1.55]

const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))
const steps = (value: number, step: number): number => Math.round(value / step) * step

/**
 * Invented applicants to a university, with the columns and ranges of the well-known table: test score gre (220 to
 * 800, steps of 20), grade point average gpa (2.26 to 4), rank of the college (1 to 4), and whether they were
 * admitted. The log odds are 0.0023 · gre + 0.8 · gpa − 4 − cost of the rank. The rank is one-hot; gre and gpa are
 * standardised by the training part.
 */
export default defineSource({
  type: 'admissions',
  title: 'Admissions',
  summary: 'Who is admitted? Test score, grades and rank of the college of invented applicants.',
  icon: 'graduation-cap',
  fields: {
    samples: {
      kind: 'int',
      label: 'Applicants',
      unit: 'applicants',
      help: 'How many rows the table has.',
      default: 400,
      min: 10,
      max: 20_000
    }
  },
  describe: ({ samples: rows }) => ({
    features: ['gre', 'gpa', ...RANKS.map((rank) => `rank = ${rank}`)],
    classes: CLASSES,
    shape: [2 + RANKS.length],
    target: { classes: 2, shape: [] },
    rows
  }),
  generate: ({ samples: rows }, { seed }) => {
    const random = randomStream(seed, 'data/admissions')
    const [scores, grades, ranks] = [0, 1, 2].map(() => new Float64Array(rows)) as [
      Float64Array,
      Float64Array,
      Float64Array
    ]
    const y = new Int32Array(rows)
    for (let row = 0; row < rows; row++) {
      const diligence = random.normal()
      const gre = within(steps(588 + 116 * (0.62 * diligence + 0.78 * random.normal()), 20), 220, 800)
      const gpa = within(steps(3.39 + 0.38 * (0.62 * diligence + 0.78 * random.normal()), 0.01), 2.26, 4)
      const rank = rankOf(random.uniform())
      const odds = 0.0023 * gre + 0.8 * gpa - 4 - RANK_COSTS[rank]!
      scores[row] = gre
      grades[row] = Number(gpa.toFixed(2))
      ranks[row] = rank
      y[row] = random.uniform() < 1 / (1 + Math.exp(-odds)) ? 1 : 0
    }
    return givenRows(
      [
        { name: 'gre', values: scores, encode: 'standardise' },
        { name: 'gpa', values: grades, encode: 'standardise' },
        { name: 'rank', values: ranks, vocabulary: RANKS }
      ],
      y,
      { name: 'admitted', classes: CLASSES }
    )
  }
})

/** The rank, from 0, that a number in [0, 1) falls into. */
function rankOf(share: number): number {
  let end = 0
  return Math.max(
    0,
    RANK_SHARES.findIndex((part) => share < (end += part))
  )
}
