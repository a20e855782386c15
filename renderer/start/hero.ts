import run from './heroRun.json'

/** Weights of the first project's network after an epoch. */
export interface HeroWeights {
  readonly epoch: number
  readonly hidden: { readonly kernel: readonly (readonly number[])[]; readonly bias: readonly number[] }
  readonly output: { readonly kernel: readonly (readonly number[])[]; readonly bias: readonly number[] }
}

/** Moments of one real training of the first project, oldest first. scripts/heroRun.mjs trains them anew. */
export const heroRun: readonly HeroWeights[] = run

/** The share of the second class at a place in the plane: softmax of tanh, as the network computes it. */
export function heroShare({ hidden, output }: HeroWeights, x: number, y: number): number {
  let difference = output.bias[1]! - output.bias[0]!
  for (let j = 0; j < hidden.bias.length; j++) {
    const h = Math.tanh(x * hidden.kernel[0]![j]! + y * hidden.kernel[1]![j]! + hidden.bias[j]!)
    difference += h * (output.kernel[j]![1]! - output.kernel[j]![0]!)
  }
  return 1 / (1 + Math.exp(-difference))
}

/** The weights at a moment between two of the run, 0 the first and 1 the last. */
export function heroAt(moment: number): HeroWeights {
  const at = Math.min(1, Math.max(0, moment)) * (heroRun.length - 1)
  const from = heroRun[Math.floor(at)]!
  const to = heroRun[Math.ceil(at)]!
  const share = at - Math.floor(at)
  const mix = (a: number, b: number): number => a + share * (b - a)
  const blend = (layer: 'hidden' | 'output'): HeroWeights['hidden'] => ({
    kernel: from[layer].kernel.map((row, i) => row.map((w, j) => mix(w, to[layer].kernel[i]![j]!))),
    bias: from[layer].bias.map((b, j) => mix(b, to[layer].bias[j]!))
  })
  return { epoch: Math.round(mix(from.epoch, to.epoch)), hidden: blend('hidden'), output: blend('output') }
}
