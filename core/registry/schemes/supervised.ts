import { defineScheme } from '../define'

/** The network's answers are compared with the true ones, and its weights follow the slope of the loss. */
export default defineScheme({
  type: 'supervised',
  title: 'From true answers',
  summary: 'The network answers, is told the truth, and learns from the difference.',
  fields: {},
  networks: [{ title: 'Network', source: 'data', sink: 'output' }],
  compares: true,
  phases: [{ id: 'network', title: 'Network', learns: 0, make: ({ run, compare, x }) => compare(run(0, x)) }],
  phaseAt: () => 'network'
})
