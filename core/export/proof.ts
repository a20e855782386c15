/** What was found when the files of an export were read back by a program that has nothing to do with writing them. */
export interface Proof {
  /** Who read them: "h5wasm", "TensorFlow.js"; undefined where no reader is at hand. */
  readonly reader: string | undefined
  /** Single weights that came back bit for bit, where weights were compared. */
  readonly weights?: number
  /** Real examples that the reader's network was asked, and how far its answers are from the app's own at most. */
  readonly answers?: { readonly by: string; readonly samples: number; readonly difference: number }
  /** What could not be checked here, in a sentence. */
  readonly unchecked?: string
  /** It is for people to read: nothing was to be checked. */
  readonly forPeople?: true
}

/** The examples that an export is tried on, at most. */
export const PROOF_SAMPLES = 100

/** max|a − b| ≤ 1e-5 · max|b| + 1e-6: as far as float32 on two engines may be apart. */
const RELATIVE = 1e-5
const ABSOLUTE = 1e-6

/** How far two lists of answers are apart at most, how far they may be, and whether that is rounding. NaN agrees with NaN only. */
export function compareAnswers(
  answers: Float32Array,
  reference: Float32Array
): { readonly difference: number; readonly allowed: number; readonly agrees: boolean } {
  if (answers.length !== reference.length) return { difference: Infinity, allowed: 0, agrees: false }
  let [difference, size] = [0, 0]
  for (const [i, expected] of reference.entries()) {
    const apart = Object.is(answers[i]!, expected) ? 0 : Math.abs(answers[i]! - expected)
    if (!(apart <= difference)) difference = Number.isNaN(apart) ? Infinity : apart
    if (Number.isFinite(expected)) size = Math.max(size, Math.abs(expected))
  }
  const allowed = RELATIVE * size + ABSOLUTE
  return { difference, allowed, agrees: difference <= allowed }
}
