import { strToU8 } from 'fflate'
import type { OpName, Program, StepOf } from '../program/program'
import { TfliteBuilder } from './builder'
import type { NumberKind } from './rounding'
import { translations } from './translations'

/** A .tflite file with the program; its weights are stored as these numbers, and it computes with float32. */
export function tfliteFile(
  program: Program,
  kind: NumberKind,
  name: string,
  metadata: { readonly [key: string]: string }
): Uint8Array {
  const build = new TfliteBuilder(program, kind)
  for (const step of program.steps)
    (translations[step.op] as (build: TfliteBuilder, step: StepOf<OpName>) => void)(build, step)
  const notes = Object.entries(metadata).map(([key, value]) => [key, strToU8(value)] as const)
  return build.file(build.of(program.output), name, Object.fromEntries(notes))
}
