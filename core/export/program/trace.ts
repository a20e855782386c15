import { forward, settingKnob } from '../../graph/forward'
import type { NetworkPlan } from '../../graph/plan'
import type { Config } from '../../registry/fields'
import type { Program } from './program'
import { recordedOps } from './recordedOps'
import type { KeepsWhole } from './recordedSequence'
import { BATCH, Recorder } from './recorder'
import { simplified } from './simplify'

/** What a program is made of. */
export interface Traced {
  readonly plan: NetworkPlan
  /** The settings of every node, with a value for every field. */
  readonly configs: { readonly [nodeId: string]: Config }
  /** Row-major values of all weights by their full names (node/weight). */
  readonly values: ReadonlyMap<string, Float32Array>
}

/**
 * What a network computes when it answers, as operations: its layers' own `forward`, run once with operations that take
 * notes (docs/decisions/0017-one-trace.md). Throws `NotRecordable` where that cannot be written down.
 */
export function trace({ plan, configs, values }: Traced, keepsWhole: KeepsWhole = () => false): Program {
  const recorder = new Recorder()
  const x = recorder.input('input', [BATCH, ...plan.source.shape])
  const pass = forward(plan, x, {
    ops: recordedOps(recorder, keepsWhole),
    weights: new Map(
      plan.weights.map(({ name, spec }) => [
        name,
        recorder.constant(values.get(name)!, spec.shape, 'float32', name)
      ])
    ),
    knobs: new Map(
      plan.nodes.flatMap(({ id, layer }) =>
        Object.entries(layer.fields)
          .filter(([, { hot, kind }]) => hot && (kind === 'int' || kind === 'float'))
          .map(([field]) => {
            const value = Float32Array.of(configs[id]![field] as number)
            return [settingKnob(id, field), recorder.constant(value, [])]
          })
      )
    ),
    configs,
    random: undefined,
    before: ({ id }) => (recorder.nodeId = id)
  })
  const { steps, constants } = recorder
  return simplified({
    steps,
    constants,
    input: recorder.valueOf(x),
    output: recorder.valueOf(pass.prediction)
  })
}
