import { hash } from '@core/random/stream'
import { statelessUniform, type RandomCounter, type RandomKey } from '@core/random/tensorflow'

/** The key of one node's random numbers: every engine draws the same ones. */
export function nodeKey(seed: number, nodeId: string): RandomKey {
  return [seed >>> 0, hash(`random/${nodeId}`)]
}

/** Where the numbers of a draw begin: `draw` counts the draws of a node within a step, from 0. */
export function stepCounter(step: number, draw: number): RandomCounter {
  return [0, draw, step >>> 0, Math.floor(step / 2 ** 32)]
}

/** Uniform numbers for one node in one step, in JavaScript. Each call is the next draw. */
export function stepUniform(seed: number, nodeId: string, step: number): (size: number) => Float32Array {
  const key = nodeKey(seed, nodeId)
  let draw = 0
  return (size) => {
    const out = new Float32Array(size)
    statelessUniform(key, stepCounter(step, draw++), out)
    return out
  }
}
