import { parsePoints } from '../../data/csv'
import { defineSource } from '../define'

/** A table of numbers with a header; its last column is the class. */
export default defineSource({
  type: 'csv',
  title: 'Table',
  summary: 'Your own numbers, from a CSV file. The last column is the class.',
  icon: 'table',
  fields: {
    file: {
      kind: 'file',
      label: 'File',
      help: 'A table with a header row. Every column is a number; the last one is the class.',
      accept: ['csv', 'tsv', 'txt'],
      default: ''
    }
  },
  describe: (config, files) => {
    const table = parsePoints(config.file, files)
    if (!table.ok) return table.problems[0]!
    const { features, classes, y } = table.value
    return {
      features,
      classes,
      shape: [features.length],
      target: { classes: classes.length, shape: [] },
      rows: y.length
    }
  },
  generate: (config, { files }) => {
    const table = parsePoints(config.file, files)
    if (!table.ok) throw new Error(table.problems[0]!.message)
    return { x: table.value.x, y: table.value.y }
  }
})
