import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { bringInKeras } from '@core/import/keras/project'
import type { BroughtIn, ModelFile } from '@core/import/model'
import { readTfjs } from '@core/import/tfjs'
import { isModelFile, MODEL_WORDS } from '@core/import/kinds'
import type { GivenSettings, GivenValue } from '@core/registry/define'
import { fail, ok, type Result } from '@core/result'
import { sizeText } from '@core/words'
import { readH5Tree } from './h5Tree'

/** Files of a model that are larger are no models for this window. */
const MOST_BYTES = 1 << 30

/** A trained model of another program at this path, as a project. Never throws for anything that a file can hold. */
export async function openModel(path: string): Promise<Result<BroughtIn>> {
  const name = basename(path)
  try {
    const { size } = await stat(path)
    if (size > MOST_BYTES)
      return broken(
        name,
        `it has ${sizeText(size)}, and Netloom opens models of up to ${sizeText(MOST_BYTES)}`
      )
    const file = await readModel(path, name, await readFile(path))
    return file.ok ? bringInKeras(file.value) : file
  } catch (error) {
    return broken(name, error instanceof Error ? error.message : String(error))
  }
}

function broken(name: string, why: string): Result<never> {
  return fail({
    code: 'model',
    message: `${name} cannot be opened: ${why.replace(/[.\s]+$/, '')}.`,
    detail: 'It may be damaged or not whole. If there is a copy, open that one.'
  })
}

function readModel(
  path: string,
  name: string,
  bytes: Uint8Array
): Result<ModelFile> | Promise<Result<ModelFile>> {
  const title = basename(name, extname(name))
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return keras3(title, bytes)
  if (strFromU8(bytes.subarray(1, 4), true) === 'HDF') return h5(title, bytes)
  if (/\.json$/i.test(name)) return tfjs(path, bytes)
  return Promise.resolve(
    isModelFile(name)
      ? broken(name, 'it is not what its ending says')
      : fail({ code: 'model', message: `${name} is no model that Netloom knows.`, detail: MODEL_WORDS })
  )
}

/** A zip of config.json and model.weights.h5; other entries are left alone. */
async function keras3(title: string, bytes: Uint8Array): Promise<Result<ModelFile>> {
  let total = 0
  const entries = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!/^(config\.json|metadata\.json|model\.weights\.h5)$/.test(name)) return false
      total += originalSize
      if (total > MOST_BYTES) throw new Error('it is larger than 1 GB unpacked')
      return true
    }
  })
  const config = entries['config.json']
  const weights = entries['model.weights.h5']
  if (!config)
    return fail({
      code: 'model',
      message: `${title} is a zip without the description of a model.`,
      detail: 'A .keras file of Keras 3 has a config.json in it.'
    })
  const topology = json(config)
  return ok({
    title,
    dialect: 'keras3',
    topology,
    compiled: (topology as GivenSettings)['compile_config'] ?? null,
    weights: weights ? await readH5Tree(weights) : {}
  })
}

/** The older format of Keras: one HDF5 file. */
async function h5(title: string, bytes: Uint8Array): Promise<Result<ModelFile>> {
  const tree = await readH5Tree(bytes)
  const config = tree.attributes?.['model_config']
  if (typeof config !== 'string')
    return fail({
      code: 'model',
      message: `${title} holds weights alone, and not how the network is built.`,
      detail: 'Save it in Keras with model.save("model.keras"), and open that.'
    })
  const compiled = tree.attributes?.['training_config']
  return ok({
    title,
    dialect: 'keras2',
    topology: JSON.parse(config) as GivenValue,
    ...(typeof compiled === 'string' ? { compiled: JSON.parse(compiled) as GivenValue } : {}),
    weights: tree.groups?.['model_weights'] ?? {}
  })
}

/** model.json, with the weights in files beside it. Never in another folder. */
async function tfjs(path: string, bytes: Uint8Array): Promise<Result<ModelFile>> {
  const folder = dirname(path)
  let total = 0
  // A folder is the name that people gave: all of these files are called model.json.
  return readTfjs(basename(folder), json(bytes), async (name) => {
    const place = join(folder, name)
    total += (await stat(place)).size
    if (total > MOST_BYTES) throw new Error('its weights are larger than 1 GB')
    return new Uint8Array(await readFile(place))
  })
}

const json = (bytes: Uint8Array): GivenValue =>
  JSON.parse(strFromU8(bytes).replace(/^\ufeff/, '')) as GivenValue
