import { expect, test } from 'vitest'
import { runOracle } from './oracleRun'
import { engines } from './support'

test.runIf(engines.includes('native'))(
  'moons-tanh3 with 20 hidden units follows the NumPy trace on native',
  async () => {
    const { first, worst, accuracy, wanted } = await runOracle('native', 20)
    expect(first).toBeLessThan(1e-4)
    expect(worst).toBeLessThan(1e-4)
    expect(Math.abs(accuracy - wanted)).toBeLessThanOrEqual(0.01)
  },
  600_000
)
