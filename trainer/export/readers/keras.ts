import { unzipSync } from 'fflate'
import { keras3Paths } from '@core/export/keras/keras3'
import { kerasNetwork } from '@core/export/keras/network'
import { keras2Topology } from '@core/export/keras/translate'
import { unwrap } from '@core/result'
import { withH5 } from './h5File'
import { compareWeights, type Reader, type ReadWeight } from './reader'
import { askTfjs } from './tfjs'

/** h5wasm reads the weights; TensorFlow.js computes with them what config.json says. */
export const readKeras: Reader = async (request) => {
  const { model, files } = request
  const zip = unzipSync(files[`${model.name}.keras`]!)
  const network = unwrap(kerasNetwork(model, 'keras3'))
  const paths = keras3Paths(network)
  const { weights, byLayer } = await withH5(zip['model.weights.h5']!, (file) => ({
    weights: compareWeights(model, (node, own) => file.array(paths.get(`${node}/${own}`) ?? '')),
    byLayer: new Map(
      network.nodes.map((node) => [
        node.name,
        node.weights.map(({ name }) => copied(file.array(paths.get(name)!)!))
      ])
    )
  }))
  const config = JSON.parse(new TextDecoder().decode(zip['config.json'])) as object
  const asked = await askTfjs(request, 'keras3', keras2Topology(config), (name) => byLayer.get(name) ?? [])
  return { reader: 'h5wasm', weights, ...asked }
}

/** The same for the older format: its layers are found by the lists of names that stand in the file. */
export const readH5: Reader = async (request) => {
  const { model, files } = request
  const network = unwrap(kerasNetwork(model, 'keras2'))
  const placeOf = new Map(
    network.nodes.flatMap(({ weights }) => weights.map(({ name, place }) => [name, place] as const))
  )
  const { weights, byLayer, config } = await withH5(files[`${model.name}.h5`]!, (file) => {
    const listed = (path: string, name: string): readonly string[] => {
      const whole = file.attribute(path, name)
      if (whole) return whole as readonly string[]
      const pieces: string[] = []
      for (let i = 0; ; i++) {
        const piece = file.attribute(path, `${name}${i}`)
        if (!piece) return pieces
        pieces.push(...piece)
      }
    }
    const names = listed('model_weights', 'layer_names')
    return {
      weights: compareWeights(model, (node, own) =>
        file.array(`model_weights/${node}/${node}/${placeOf.get(`${node}/${own}`)}`)
      ),
      byLayer: new Map(
        names.map((layer) => [
          layer,
          listed(`model_weights/${layer}`, 'weight_names').map((name) =>
            copied(file.array(`model_weights/${layer}/${name}`)!)
          )
        ])
      ),
      config: JSON.parse(String(file.attribute('', 'model_config'))) as object
    }
  })
  const asked = await askTfjs(request, 'keras2', config, (name) => byLayer.get(name) ?? [])
  return { reader: 'h5wasm', weights, ...asked }
}

const copied = ({ shape, values }: ReadWeight): ReadWeight => ({ shape, values: Float32Array.from(values) })
