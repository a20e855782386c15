import { expect, test } from 'vitest'
import { runOracle } from './oracleRun'

test('moons-tanh3 with 3 hidden units follows the NumPy trace on wasm', async () => {
  const { first, worst, accuracyOff } = await runOracle('wasm', 3)
  expect(first).toBeLessThan(1e-5)
  expect(worst).toBeLessThan(0.01)
  expect(accuracyOff ?? 0).toBeLessThanOrEqual(0.01)
}, 600_000)
