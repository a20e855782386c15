import { sizeOf } from '../../graph/signal'
import { computeStep } from './interpret'
import type { Constant, Program, Step } from './program'

/** Numbers that a constant may grow to: what is worked out ahead of time should not make the file larger. */
const LARGEST_GROWN = 4096

/** The same program without what nobody needs, and with what follows from constants alone worked out. */
export function simplified(program: Program): Program {
  const folded = withFolded(program)
  const needed = new Set([folded.output.name])
  const steps: Step[] = []
  for (const step of [...folded.steps].reverse()) {
    if (!needed.has(step.output.name)) continue
    steps.unshift(step)
    for (const { name } of step.inputs) needed.add(name)
  }
  const constants = new Map([...folded.constants].filter(([name]) => needed.has(name)))
  return { ...folded, steps, constants }
}

function withFolded(program: Program): Program {
  const constants = new Map<string, Constant>(program.constants)
  const steps = program.steps.filter((step) => {
    const { op, inputs, output } = step
    const given = inputs.map(({ name }) => constants.get(name))
    if (op === 'fill' || op === 'recurrent' || !given.every((constant) => constant !== undefined)) return true
    const size = sizeOf(output.shape)
    const before = given.reduce((sum, { values }) => sum + values.length, 0)
    if (size > Math.max(LARGEST_GROWN, before)) return true
    const values = computeStep(
      step,
      given.map(({ value, values }) => ({ shape: value.shape, values })),
      1
    )
    constants.set(output.name, { value: output, values: values.values })
    return false
  })
  return { ...program, steps, constants }
}
