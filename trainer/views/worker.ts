import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import type { Dataset } from '@core/data/dataset'
import { derive } from '@core/graph/derive'
import type { CompiledNetwork, Engine } from '../engines/engine'
import { fusedEngine } from '../engines/fused/engine'
import type { PictureAnswer, PictureOrder, Subject } from './messages'
import { makePictures, type Pictures } from './pictures'

/*
 * The entry of the view worker: a thread of the training process that makes pictures. It never loads native
 * TensorFlow, of which a process can hold only one.
 */

/** On the scale from −20 to 19, where the usual is 0 and less goes first. */
const YIELDING = 10

interface Viewed {
  readonly network: CompiledNetwork
  readonly dataset: Dataset
}

let viewed: Viewed | undefined
let wasm: Promise<Engine> | undefined

/** TensorFlow.js is only loaded for networks that need it. */
async function wasmEngine(): Promise<Engine> {
  const { openWasm } = await import('../engines/wasm')
  return openWasm({ reason: 'Pictures are made without native TensorFlow.' })
}

async function compile({ document, files, shown }: Subject): Promise<Viewed> {
  const derivation = derive(document, files)
  let engine = fusedEngine
  if (engine.supports(document, derivation)) {
    wasm ??= wasmEngine()
    engine = await wasm
  }
  const problem = engine.supports(document, derivation)
  if (problem) throw new Error(problem.message)
  return { network: await engine.compile(document, derivation, shown), dataset: shown }
}

async function carryOut({ subject, document, windows, weights }: PictureOrder): Promise<PictureAnswer> {
  if (subject) {
    viewed?.network.dispose()
    viewed = undefined
    viewed = await compile(subject)
  }
  if (!viewed) throw new Error('There is no network yet.')
  if (document) viewed.network.configure(document)
  const start = performance.now()
  const pictures = makePictures(viewed.network, viewed.dataset, windows, weights)
  return { type: 'drawn', pictures, ms: performance.now() - start }
}

/** The memory of pictures. Nodes may share it. */
function memory({ boundary, tiles, predicted }: Pictures): ArrayBuffer[] {
  const drawn = [...(boundary ? [boundary] : []), ...Object.values(tiles)].map(({ values }) => values.buffer)
  return [...new Set([...drawn, predicted.buffer])] as ArrayBuffer[]
}

/** Where there is nothing to spare, training goes first. Other systems would slow down the whole process. */
if (process.platform === 'linux') setPriority(YIELDING)

const port = parentPort!

async function answer(order: PictureOrder): Promise<void> {
  const found = await carryOut(order).catch(
    // What cannot be drawn here is drawn by the training thread, which is told why.
    (error: unknown): PictureAnswer => ({ type: 'unable', reason: String(error) })
  )
  port.postMessage(found, found.type === 'drawn' ? memory(found.pictures) : [])
}

port.on('message', (order: PictureOrder) => void answer(order))
