import { zipSync } from 'fflate'
import { defineFormat } from '../format'
import { keras3Config, keras3Weights } from '../keras/keras3'
import { kerasNetwork } from '../keras/network'
import { kerasUsage } from '../keras/usage'
import { textFile } from '../text'
import { problemsOf, unwrap } from '../../result'
import { ZIP_TIME } from '../zip'

/** The version of Keras whose files these are. */
const KERAS = '3.15.1'

/** A zip of metadata.json, config.json and model.weights.h5. */
export default defineFormat({
  type: 'keras',
  title: 'Keras',
  ending: '.keras',
  summary: 'Opens in Python, Colab',
  icon: 'box',
  docs: 'The whole network with its weights, as Keras 3 saves it itself. It can be asked, trained further and changed there.',
  fields: {},
  refuses: (model) => problemsOf(kerasNetwork(model, 'keras3')),
  write: (model, _config, { h5 }) => {
    const network = unwrap(kerasNetwork(model, 'keras3'))
    const metadata = { keras_version: KERAS, date_saved: '2026-01-01@00:00:00' }
    return {
      [`${model.name}.keras`]: zipSync(
        {
          'metadata.json': textFile(JSON.stringify(metadata)),
          'config.json': textFile(JSON.stringify(keras3Config(network))),
          'model.weights.h5': h5(keras3Weights(network))
        },
        { level: 0, mtime: ZIP_TIME }
      )
    }
  },
  usage: (model, _config, example) => kerasUsage(model, `${model.name}.keras`, example)
})
