import { expect, test } from 'vitest'
import { runOracle } from './oracleRun'

test('moons-tanh3 with 20 hidden units follows the NumPy trace on wasm', async () => {
  const { first, worst, accuracyOff } = await runOracle('wasm', 20)
  expect(first).toBeLessThan(1e-4)
  expect(worst).toBeLessThan(1e-4)
  expect(accuracyOff ?? 0).toBeLessThanOrEqual(0.01)
}, 600_000)
