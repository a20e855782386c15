import { NOTHING } from '../step/shares'

/** What is needed to read answers as shares. */
export interface ShareReading {
  /** Numbers an answer. */
  readonly outputs: number
  /** Does the loss read the answers as logits? */
  readonly fromLogits: boolean
  /** Is the last activation softmax? */
  readonly softmax: boolean
  /** From here up a single output names the second class. */
  readonly cut: number
}

/**
 * [answers, classes]: the share that answers [answers, outputs] give each class, by the rules of `step/shares.ts`. A
 * single output is the share of the second class; logits go through sigmoid or softmax; answers that are no shares
 * are cut off at 0 and scaled to add up to 1.
 */
export function sharesOf(
  answers: Float32Array,
  { outputs, fromLogits, softmax, cut }: ShareReading
): Float32Array {
  if (outputs === 1) {
    const shares = new Float32Array(2 * answers.length)
    for (let i = 0; i < answers.length; i++) {
      const answer = answers[i]!
      const p = fromLogits
        ? 1 / (1 + Math.exp(-answer))
        : Math.min(1, Math.max(0, cut === 0.5 ? answer : (answer - cut) / 2 + 0.5))
      shares[2 * i] = 1 - p
      shares[2 * i + 1] = p
    }
    return shares
  }
  if (softmax && !fromLogits) return answers
  const shares = new Float32Array(answers.length)
  for (let from = 0; from < answers.length; from += outputs) {
    const own = answers.subarray(from, from + outputs)
    const largest = own.reduce((a, b) => Math.max(a, b))
    let sum = 0
    for (let k = 0; k < outputs; k++) {
      const part = fromLogits ? Math.exp(own[k]! - largest) : Math.max(0, own[k]!)
      shares[from + k] = part
      sum += part
    }
    for (let k = 0; k < outputs; k++) shares[from + k] = sum < NOTHING ? 1 / outputs : shares[from + k]! / sum
  }
  return shares
}
