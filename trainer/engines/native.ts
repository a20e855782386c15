import type { EngineInfo } from '@core/run/events'
import { loadNative } from '../nativeAddon'
import { nativeOps } from './ops/nativeOps'
import type { Engine } from './engine'
import { nativeEngine } from './native/engine'

/** The native engine, or why there is none and what would help. */
export type NativeEngine =
  | { readonly ok: true; readonly engine: Engine }
  | { readonly ok: false; readonly reason: string; readonly remedy?: string }

/** TensorFlow's own library through tfjs-node. */
export async function openNative(): Promise<NativeEngine> {
  const loaded = await loadNative()
  if (!loaded.ok) return loaded
  const threads = Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? 0)
  const info: EngineInfo = {
    id: 'native',
    title: 'Native TensorFlow',
    ...(threads > 0 ? { threads } : {})
  }
  return { ok: true, engine: nativeEngine(info, nativeOps()) }
}
