import { chooseEngine, nativeEngine } from '../engines/choose'
import type { Options } from './options'
import { BadInput } from './words'

/** `netloom engines`: what this computer can train with, and why not with more. */
export async function listEngines({ json }: Options): Promise<number> {
  const native = await nativeEngine()
  const wasm = await chooseEngine('wasm')
  const fused = await chooseEngine('fused')
  const facts = [
    native.ok
      ? { id: 'native', title: native.engine.info.title, available: true }
      : {
          id: 'native',
          title: 'Native TensorFlow',
          available: false,
          reason: native.reason,
          remedy: native.remedy
        },
    { id: wasm.info.id, title: wasm.info.title, available: true },
    { id: fused.info.id, title: fused.info.title, available: true }
  ]
  for (const fact of facts) {
    const why = 'reason' in fact ? `\n        ${fact.reason} ${fact.remedy ?? ''}` : ''
    const state = fact.available ? 'available' : 'not available'
    const text = `${fact.id.padEnd(6)}  ${fact.title}: ${state}${why}`
    process.stdout.write(`${json ? JSON.stringify({ event: 'engine', ...fact }) : text}\n`)
  }
  if (!json)
    process.stdout.write(
      `auto    chooses fused for small dense and recurrent networks, else ${native.ok ? 'native' : wasm.info.id}\n`
    )
  return 0
}

/** Refuses native TensorFlow where it was asked for by name and cannot be had. */
export async function requireEngine({ engine }: Options): Promise<void> {
  if (engine !== 'native') return
  const native = await nativeEngine()
  if (!native.ok)
    throw new BadInput(`Native TensorFlow is not available. ${native.reason} ${native.remedy ?? ''}`)
}
