import { FABLES } from '../../data/text/fables'
import { cleanText, profileText } from '../../data/text/profile'
import { describeText, textFields, textRows } from '../../data/text/windows'
import { defineSource } from '../define'

const profile = profileText(cleanText(FABLES))

/** Twelve short fables, character by character: a text that comes with Netloom. See `textRows`. */
export default defineSource({
  type: 'fables',
  title: 'Fables',
  summary: 'Twelve short fables, character by character: which one comes next?',
  icon: 'book-open',
  fields: textFields,
  describe: (config) => describeText(profile, config, 'The text'),
  generate: (config) => textRows(FABLES, profile, config)
})
