import { describeText, textFields, textRows } from '../../data/text/windows'
import type { ProjectFiles } from '../../data/files'
import type { TextProfile } from '../../data/text/profile'
import type { Problem } from '../../result'
import { defineSource } from '../define'

/** A text from a file: which character follows those before it? See `textRows`. */
export default defineSource({
  type: 'text',
  title: 'Text',
  summary: 'Your own text, character by character: which one comes next?',
  icon: 'text-align-start',
  reads: 'text',
  fields: {
    file: {
      kind: 'file',
      label: 'File',
      help: 'A plain text: a book, letters, poems, a list of names.',
      accept: ['txt', 'md'],
      default: ''
    },
    ...textFields
  },
  describe: (config, files) => {
    const profile = profileIn(files, config.file)
    return 'code' in profile ? profile : describeText(profile, config, config.file)
  },
  generate: (config, { files, texts }) =>
    textRows(texts[config.file]!, profileIn(files, config.file) as TextProfile, config)
})

function profileIn(files: ProjectFiles, name: string): TextProfile | Problem {
  if (name === '') return { code: 'no-file', field: 'file', message: 'No file is chosen yet.' }
  const file = Object.hasOwn(files, name) ? files[name] : undefined
  if (file && 'text' in file) return file.text
  return {
    code: 'missing-file',
    field: 'file',
    message: file ? `The file ${name} is a table.` : `The file ${name} is not in this project.`
  }
}
