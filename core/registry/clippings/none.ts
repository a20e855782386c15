import { defineClipping } from '../define'

/** Gradients as they are. */
export default defineClipping({
  type: 'none',
  title: 'None',
  summary: 'Steps are as large as the slope asks for.',
  fields: {},
  keras: () => ({}),
  apply: (_ops, gradients) => gradients
})
