import type { Reader } from './reader'
import { readOnnx } from './onnx'
import { readJson, readNpz } from './weights'

/** What reads the files of each format back, by the format's type. Every format has one, if only to say that it cannot. */
export const readers: { readonly [format: string]: Reader } = {
  onnx: readOnnx,
  npz: readNpz,
  json: readJson
}
