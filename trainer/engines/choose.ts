import type { Document } from '@core/document/schema'
import type { Derivation } from '@core/graph/derive'
import { fail, ok, type Result } from '@core/result'
import { splitSizes } from '@core/data/split'
import type { Engine } from './engine'
import { fusedEngine } from './fused/engine'
import { openNative, type NativeEngine } from './native'
import { openWasm } from './wasm'

/** What a document or the command line asks for. */
export type EngineChoice = Document['training']['engine']

/**
 * Weights times examples a step up to which machine code made for the network's shape is faster than one call into
 * TensorFlow, which costs about 0.1 ms whatever it computes.
 */
const TINY = 250_000

let native: Promise<NativeEngine> | undefined
let wasm: Promise<Engine> | undefined

/** The native engine, opened once a process; or why there is none and what would help. */
export function nativeEngine(): Promise<NativeEngine> {
  native ??= openNative()
  return native
}

/** The engine for this choice: native where it can be had, unless another was asked for. */
export async function chooseEngine(choice: EngineChoice): Promise<Engine> {
  if (choice === 'fused') return fusedEngine
  const found: NativeEngine =
    choice === 'wasm' ? { ok: false, reason: 'WebAssembly was chosen.' } : await nativeEngine()
  if (found.ok) return found.engine
  wasm ??= openWasm(found)
  return wasm
}

/** The engine for a document without problems; or why the one it asks for cannot run it. */
export async function engineFor(document: Document, derivation: Derivation): Promise<Result<Engine>> {
  const { engine: choice } = document.training
  if (choice === 'auto' && isTiny(document, derivation) && !fusedEngine.supports(document, derivation))
    return ok(fusedEngine)
  const engine = await chooseEngine(choice)
  const problem = engine.supports(document, derivation)
  return problem ? fail(problem) : ok(engine)
}

function isTiny({ data, training }: Document, { nodes, data: offered }: Derivation): boolean {
  const parameters = Object.values(nodes).reduce((n, node) => n + node.parameters, 0)
  const rows = splitSizes(data.split, offered!.rows).train
  return parameters * Math.min(rows, training.batchSize ?? rows) <= TINY
}
