import { WEIGHTS } from '@core/export/code/files'
import { keras3Paths } from '@core/export/keras/keras3'
import { kerasNetwork } from '@core/export/keras/network'
import { unwrap } from '@core/result'
import { withH5 } from './h5File'
import { compareWeights, type Reader } from './reader'

/** h5wasm reads the weights. There is no Python to run the program, which brings answers to be compared with along. */
export const readKerasCode: Reader = async ({ model, files }) => {
  const paths = keras3Paths(unwrap(kerasNetwork(model, 'keras3')))
  const weights = await withH5(files[WEIGHTS]!, (file) =>
    compareWeights(model, (node, own) => file.array(paths.get(`${node}/${own}`) ?? ''))
  )
  return {
    reader: 'h5wasm',
    weights,
    unchecked:
      'Python is not part of Netloom: the program was not run here. Run as it is, it compares its answers with those of Netloom.'
  }
}
