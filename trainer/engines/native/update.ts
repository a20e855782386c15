import type * as tf from '@tensorflow/tfjs-core'
import { constraints, optimizers } from '@core/registry'
import { optimizerKnob } from '../step/knobs'
import type { StepOutput } from '../step/trainStep'
import { attribute, DType, float32 } from '@core/export/tensorflow/graph'
import type { ProgramContext, Traced } from './program'
import { afterNode, assign } from './variables'

/** Puts new values into weights and slots, once every gradient is known. Answers with the nodes that do it. */
export function addUpdates(
  { graph, plan, document, weights, slots }: ProgramContext,
  traced: Traced,
  step: StepOutput
): string[] {
  const { tracer, knobs, ops } = traced
  const { type, config } = document.training.optimizer
  const rule = optimizers[type]!
  const kernel = rule.kernel?.(config)
  const gradients = [...step.gradients].map(([name, tensor]) => [name, tracer.output(tensor)] as const)
  // A weight that is changed while somebody still reads it is copied first; waiting is cheaper.
  const barrier = [...new Set(gradients.map(([, output]) => afterNode(output)))]
  const updates: string[] = []
  for (const [name, gradient] of gradients) {
    const variable = weights.get(name)!
    const constraint = plan.trained.find((w) => w.name === name)!.spec.constraint
    const held = constraint && constraint.type !== 'none' ? constraint : undefined
    const holdTo = (value: tf.Tensor): tf.Tensor =>
      held ? constraints[held.type]!.apply(ops, value, held.config) : value
    const slotNames = Object.keys(rule.slots(config))
    if (kernel) {
      const input = (from: string | number): string => {
        if (typeof from === 'number') return graph.scalar(from)
        if (from === 'weight') return variable.handle
        if (from === 'gradient') return gradient
        const [kind, key] = from.split(':') as [string, string]
        return kind === 'slot'
          ? slots.get(`${name}/${key}`)!.handle
          : tracer.output(knobs.get(optimizerKnob(key))!)
      }
      const flags = Object.entries(kernel.flags ?? {}).map(([k, v]) => [k, attribute.bool(v)] as const)
      const update = graph.add(kernel.op, [...kernel.inputs.map(input), ...barrier], {
        ...float32,
        ...Object.fromEntries(flags)
      })
      if (!held) updates.push(update)
      else {
        const after = graph.add('ReadVariableOp', [variable.handle, `^${update}`], {
          dtype: attribute.type(DType.float)
        })
        const value = holdTo(tracer.stand(after, variable.shape))
        updates.push(assign(graph, variable, tracer.output(value)))
      }
    } else {
      const numbers = Object.keys(rule.numbers(config, 1, 1))
      const next = rule.update({
        ops,
        config,
        numbers: Object.fromEntries(numbers.map((n) => [n, knobs.get(optimizerKnob(n))!])),
        value: traced.weights.get(name)!,
        gradient: step.gradients.get(name)!,
        slots: Object.fromEntries(
          slotNames.map((slot) => {
            const { read, shape } = slots.get(`${name}/${slot}`)!
            return [slot, tracer.stand(read, shape)]
          })
        )
      })
      updates.push(assign(graph, variable, tracer.output(holdTo(next.value)), barrier))
      for (const slot of slotNames) {
        const value = next.slots[slot]
        const remembered = slots.get(`${name}/${slot}`)!
        // What it becomes need not come from what it was: then nothing else would make it wait to be read.
        const read = [...barrier, afterNode(remembered.read)]
        if (value) updates.push(assign(graph, remembered, tracer.output(value), read))
      }
    }
  }
  for (const [name, tensor] of step.assigned)
    updates.push(assign(graph, weights.get(name)!, tracer.output(tensor), barrier))
  return updates
}
