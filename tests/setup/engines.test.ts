import { existsSync } from 'node:fs'
import '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { loadNative, wasmFolder } from '@trainer/nativeAddon'
import { expect, test } from 'vitest'
import { addon } from '../../scripts/setup/places.mjs'

const slope = () =>
  tf
    .grad((x) => tf.sum(tf.square(x)))(tf.tensor1d([3]))
    .dataSync()[0]

test('both engines run in the tests, on one tfjs-core', async () => {
  const native = await loadNative()
  expect(native.ok).toBe(existsSync(addon) && process.env['NETLOOM_ENGINE'] !== 'wasm')
  if (native.ok) {
    expect(native.tf.engine()).toBe(tf.engine())
    expect([tf.getBackend(), slope()]).toEqual(['tensorflow', 6])
  } else expect(native.reason).not.toBe('')
  setWasmPaths(wasmFolder())
  await tf.setBackend('wasm')
  expect([tf.getBackend(), slope()]).toEqual(['wasm', 6])
})
