/** Names of the files beside a program. */
export const WEIGHTS = 'trained.weights.h5'
export const START = 'start.weights.h5'
export const DATA = 'data.npz'
export const SAMPLES = 'samples.npz'

/** The same in JavaScript, which has no arrays of NumPy: numbers as they lie in memory, and JSON. */
export const SCRIPT_FILES = {
  weights: 'trained.json',
  start: 'start.json',
  samples: 'samples.json',
  parts: 'parts.json',
  x: 'x.bin',
  y: 'y.bin'
} as const
