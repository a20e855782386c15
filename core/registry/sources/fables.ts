import { FABLES, fablesProfile } from '../../data/text/fables'
import { describeText, textFields, textRows } from '../../data/text/windows'
import { defineSource } from '../define'

/** Twelve short fables, character by character: a text that comes with Netloom. See `textRows`. */
export default defineSource({
  type: 'fables',
  title: 'Fables',
  summary: 'Twelve short fables, character by character: which one comes next?',
  icon: 'book-open',
  fields: textFields,
  describe: (config) => describeText(fablesProfile, config, 'The text'),
  generate: (config) => textRows(FABLES, fablesProfile, config)
})
