import { endingOf } from '../data/fileKinds'

/** Endings of trained models of other programs. A .json is one where it holds a topology. */
export const MODEL_ENDINGS: readonly string[] = ['keras', 'h5', 'hdf5']

/** What can be opened, as a sentence. */
export const MODEL_WORDS =
  'Netloom opens models of Keras (.keras, .h5) and the layers models of TensorFlow.js (model.json beside its weights).'

/** Is it a trained model, by its name? */
export function isModelFile(name: string): boolean {
  return MODEL_ENDINGS.includes(endingOf(name))
}

/** Is a .json file one of TensorFlow.js, by its beginning? */
export function isTfjsModel(beginning: string): boolean {
  return /"(modelTopology|weightsManifest)"|"format"\s*:\s*"(layers|graph)-model"/.test(beginning)
}

/** The first characters of a file, as far as they are plain ones. */
export function beginningOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 4096))
}
