import { unzipSync } from 'fflate'
import { readNpy } from '@core/export/npy'
import { readWeights } from '../../cli/weightsFile'
import { compareWeights, type Reader } from './reader'

/** NumPy is not at hand: the arrays are read by what is written about their format, and the app says so. */
export const readNpz: Reader = ({ model, files }) => {
  const arrays = unzipSync(files[`${model.name}.npz`]!)
  const weights = compareWeights(model, (node, own) => {
    const array = arrays[`${node}/${own}.npy`]
    return array && readNpy(array)
  })
  return Promise.resolve({
    reader: undefined,
    weights,
    unchecked: 'Python is not part of Netloom: what NumPy itself makes of the file was not tried here.'
  })
}

/** The file is one that the command line takes for starting weights. */
export const readJson: Reader = ({ model, files }) => {
  const name = `${model.name}-weights.json`
  const read = readWeights(new TextDecoder().decode(files[name]), name, model.plan.weights)
  const byName = new Map(read.map((weight) => [weight.name, weight]))
  const weights = compareWeights(model, (node, own) => byName.get(`${node}/${own}`))
  return Promise.resolve({ reader: 'JSON', weights })
}
