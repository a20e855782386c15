/** Names of the files beside a program. */
export const WEIGHTS = 'trained.weights.h5'
export const START = 'start.weights.h5'
export const DATA = 'data.npz'
export const SAMPLES = 'samples.npz'
