import { nodeOf, type Document } from '@core/document/schema'
import type { Derivation } from '@core/graph/derive'
import { multiplications } from '@core/graph/multiplications'
import { fail, ok, type Result } from '@core/result'
import { splitSizes } from '@core/data/split'
import { batchRows } from '../batches'
import type { Engine } from './engine'
import { fusedEngine } from './fused/engine'
import { openNative, type NativeEngine } from './native'
import { openWasm } from './wasm'

/** What a document or the command line asks for. */
export type EngineChoice = Document['training']['engine']

/**
 * Multiplications up to which machine code made for the network's shape is faster than TensorFlow, which takes about
 * 0.1 ms to be called, whatever it computes, and to go one step further with a recurrent layer.
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

function isTiny(document: Document, derivation: Derivation): boolean {
  const { data } = document
  const rows = splitSizes(data.split, derivation.data!.rows).train
  const examples = batchRows(document, rows)
  return examples * multiplications(derivation) <= TINY * Math.max(1, recurrentSteps(document, derivation))
}

/** Steps that wait for one another, of all recurrent layers. */
function recurrentSteps(document: Document, { nodes }: Derivation): number {
  return Object.entries(nodes).reduce((sum, [id, { inputs }]) => {
    const given = inputs['input']
    const recurrent = nodeOf(document, id)?.type === 'simpleRnn' && given?.kind === 'numbers'
    return sum + (recurrent ? given.shape[0]! : 0)
  }, 0)
}
