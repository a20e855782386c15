import { expect, test } from 'vitest'
import { runOracle } from './oracleRun'
import { engines } from './support'

test.runIf(engines.includes('native'))(
  'moons-tanh3 with 20 hidden units follows the NumPy trace on native',
  async () => {
    const { first, worst, accuracyOff } = await runOracle('native', 20)
    expect(first).toBeLessThan(1e-4)
    expect(worst).toBeLessThan(1e-4)
    expect(accuracyOff ?? 0).toBeLessThanOrEqual(0.01)
  },
  600_000
)
