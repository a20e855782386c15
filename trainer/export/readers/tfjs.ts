import * as tf from '@tensorflow/tfjs-core'
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers'
import type { ExportFiles } from '@core/export/format'
import { kerasNetwork } from '@core/export/keras/network'
import type { ExportModel } from '@core/export/model'
import type { KerasDialect } from '@core/registry/define'
import type { ReadRequest, Reader, ReadWeight } from './reader'

/** TensorFlow.js loads what it would load from a website, and answers. */
export const readTfjs: Reader = async (request) => {
  const model = await loadLayersModel(tf.io.fromMemory(artifacts(request.files)))
  try {
    return { reader: BY, answers: { by: BY, values: answersOf(model, request) } }
  } finally {
    model.dispose()
  }
}

const BY = 'TensorFlow.js'

function artifacts(files: ExportFiles): tf.io.ModelArtifacts {
  const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(files['model.json'])) as {
    modelTopology: object
    weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[]
  }
  const [group] = weightsManifest
  return {
    modelTopology,
    weightSpecs: group!.weights,
    weightData: Uint8Array.from(files[group!.paths[0]!]!).buffer
  }
}

/**
 * What TensorFlow.js answers as a network of this configuration, with weights that were read from a file; or why it
 * cannot be asked, where it lacks what Keras has.
 */
export async function askTfjs(
  request: ReadRequest,
  dialect: KerasDialect,
  topology: object,
  weights: (layer: string) => readonly ReadWeight[]
): Promise<{ readonly answers?: { by: string; values: Float32Array }; readonly unchecked?: string }> {
  const lacking = whatTfjsLacks(request.model, dialect)
  if (lacking !== undefined)
    return {
      unchecked: `Its answers were not compared: ${lacking}. The tests of Netloom do it with Keras itself.`
    }
  const model = await loadLayersModel(tf.io.fromMemory({ modelTopology: withoutStarts(topology) as object }))
  try {
    for (const layer of model.layers) {
      const own = weights(layer.name).map(({ shape, values }) =>
        tf.tensor(Float32Array.from(values), [...shape])
      )
      if (own.length > 0) layer.setWeights(own)
      tf.dispose(own)
    }
    return { answers: { by: BY, values: answersOf(model, request) } }
  } finally {
    model.dispose()
  }
}

/** Starting weights are read over; TensorFlow.js lacks some of their rules, and takes long for others. */
function withoutStarts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutStarts)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      name.endsWith('_initializer') ? { class_name: 'Zeros', config: {} } : withoutStarts(one)
    ])
  )
}

function answersOf(model: LayersModel, { model: { plan }, samples }: ReadRequest): Float32Array {
  const values = tf.tidy(() => {
    const x = tf.tensor(samples.x, [samples.rows, ...plan.source.shape])
    return (model.predict(x, { batchSize: samples.rows }) as tf.Tensor).dataSync()
  })
  return Float32Array.from(values)
}

/** What keeps TensorFlow.js from running what stands in a file for Keras; undefined where nothing does. */
function whatTfjsLacks(model: ExportModel, dialect: KerasDialect): string | undefined {
  const [there, here] = [kerasNetwork(model, dialect), kerasNetwork(model, 'tfjs')]
  if (!here.ok) return `with ${here.problems[0]!.message.replace(/\.$/, '')}`
  if (!there.ok) return undefined
  const other = there.value.nodes.find(({ layer }, i) => layer.class !== here.value.nodes[i]!.layer.class)
  return other && `TensorFlow.js has no ${other.layer.class}`
}
