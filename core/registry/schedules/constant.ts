import { defineSchedule } from '../define'

/** η all the way. */
export default defineSchedule({
  type: 'constant',
  title: 'Constant',
  summary: 'The learning rate stays as it is set.',
  fields: {},
  formula: 'η',
  keras: (_config, { rate }) => rate,
  factor: () => 1
})
