import { defineFormat } from '../format'
import type { H5Group } from '../h5'
import { keras2Config } from '../keras/keras2'
import { kerasNetwork, type KerasNetwork } from '../keras/network'
import { kerasUsage } from '../keras/usage'
import { problemsOf, unwrap } from '../../result'

/** The older format of Keras: source keras/src/legacy/saving/legacy_h5_format.py. */
export default defineFormat({
  type: 'h5',
  title: 'Keras 2',
  ending: '.h5',
  summary: 'Opens in older Keras, in R',
  icon: 'archive',
  docs: 'The whole network with its weights in one HDF5 file, as Keras 2 saved it. Keras 3 and many other programs read it, too.',
  fields: {},
  refuses: (model) => problemsOf(kerasNetwork(model, 'keras2')),
  write: (model, _config, { h5 }) => ({
    [`${model.name}.h5`]: h5(h5Model(unwrap(kerasNetwork(model, 'keras2'))))
  }),
  usage: (model, _config, example) => kerasUsage(model, `${model.name}.h5`, example)
})

const versions = { keras_version: '2.15.0', backend: 'tensorflow' }

function h5Model(network: KerasNetwork): H5Group {
  const layers = network.nodes.map(({ name, weights }): readonly [string, H5Group] => [
    name,
    {
      attributes: listed(
        'weight_names',
        weights.map((weight) => `${name}/${weight.place}`)
      ),
      groups: weights.length === 0 ? {} : { [name]: nested(weights) }
    }
  ])
  return {
    attributes: { ...versions, model_config: JSON.stringify(keras2Config(network)) },
    groups: {
      model_weights: {
        attributes: {
          ...versions,
          ...listed(
            'layer_names',
            layers.map(([name]) => name)
          )
        },
        groups: Object.fromEntries(layers)
      }
    }
  }
}

/** Groups within groups for places such as cell/kernel. */
function nested(weights: KerasNetwork['nodes'][number]['weights']): H5Group {
  const here = weights.filter(({ place }) => !place.includes('/'))
  const steps = new Set(
    weights.filter(({ place }) => place.includes('/')).map(({ place }) => place.split('/')[0]!)
  )
  return {
    datasets: Object.fromEntries(here.map(({ place, shape, values }) => [place, { shape, values }])),
    groups: Object.fromEntries(
      [...steps].map((step) => [
        step,
        nested(
          weights
            .filter(({ place }) => place.startsWith(`${step}/`))
            .map((weight) => ({ ...weight, place: weight.place.slice(step.length + 1) }))
        )
      ])
    )
  }
}

/** HDF5 holds attributes of up to 64 KB; Keras cuts longer lists into name0, name1 … */
const MOST_BYTES = 64_000

/** A list of names as one attribute, or as several where it is long; none where it is empty, as h5py reads it. */
function listed(name: string, names: readonly string[]): NonNullable<H5Group['attributes']> {
  if (names.length === 0) return { [name]: [] }
  const longest = Math.max(...names.map((one) => 4 * one.length))
  const pieces = Math.ceil((longest * names.length) / MOST_BYTES)
  if (pieces === 1) return { [name]: names }
  const size = Math.ceil(names.length / pieces)
  return Object.fromEntries(
    Array.from({ length: Math.ceil(names.length / size) }, (_, i) => [
      `${name}${i}`,
      names.slice(i * size, (i + 1) * size)
    ])
  )
}
