import type { Document } from '@core/document/schema'
import type { Engine } from './engine'
import { openNative, type NativeEngine } from './native'
import { openWasm } from './wasm'

/** What a document or the command line asks for. */
export type EngineChoice = Document['training']['engine']

let native: Promise<NativeEngine> | undefined
let wasm: Promise<Engine> | undefined

/** The native engine, opened once a process; or why there is none and what would help. */
export function nativeEngine(): Promise<NativeEngine> {
  native ??= openNative()
  return native
}

/** The engine for this choice: native where it can be had, unless WebAssembly was asked for. */
export async function chooseEngine(choice: EngineChoice): Promise<Engine> {
  const found: NativeEngine =
    choice === 'wasm' ? { ok: false, reason: 'WebAssembly was chosen.' } : await nativeEngine()
  if (found.ok) return found.engine
  wasm ??= openWasm(found)
  return wasm
}
