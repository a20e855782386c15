import type { Document } from '@core/document/schema'
import type { Engine } from './engine'
import { openNative } from './native'
import { openWasm, type Fallback } from './wasm'

/** What a document or the command line asks for. */
export type EngineChoice = Document['training']['engine']

let wasm: Promise<Engine> | undefined

/** The engine for this choice: native where it can be had, unless WebAssembly was asked for. Never fails. */
export async function chooseEngine(choice: EngineChoice): Promise<Engine> {
  if (choice === 'wasm') return wasmOnce({ reason: 'WebAssembly was chosen.' })
  const native = await openNative()
  return native.ok ? native.engine : wasmOnce(native)
}

/** What every engine says of itself on this machine, for `netloom engines`. */
export function wasmOnce(why: Fallback): Promise<Engine> {
  wasm ??= openWasm(why)
  return wasm
}
