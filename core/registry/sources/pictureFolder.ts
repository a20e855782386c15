import { channelsOf, type PictureSettings } from '../../data/pictureSettings'
import { defineSource } from '../define'

/** The size that a person has set. */
const settingsOf = ({ width, height, fit, colour }: PictureSettings): PictureSettings => ({
  ...{ width, height, fit, colour }
})

/** Pictures of the user's own, all brought to one size. Bytes of 0 to 255 stand for 0 to 1. */
export default defineSource({
  type: 'pictureFolder',
  title: 'Picture folder',
  summary: 'Your own pictures: a folder for each class, or names like cat.1.jpg.',
  icon: 'folder-open',
  fields: {
    folder: {
      kind: 'folder',
      label: 'Folder',
      help: 'A folder with a folder of pictures for each class. It stays where it is.',
      default: ''
    },
    width: {
      kind: 'int',
      label: 'Width',
      unit: 'pixels',
      help: 'All pictures are brought to this size. Smaller ones train faster and show less.',
      default: 32,
      min: 4,
      max: 256
    },
    height: {
      kind: 'int',
      label: 'Height',
      unit: 'pixels',
      help: 'All pictures are brought to this size. Smaller ones train faster and show less.',
      default: 32,
      min: 4,
      max: 256
    },
    fit: {
      kind: 'choice',
      label: 'Pictures of another shape',
      help: 'What happens to a picture that is wider or higher than the size.',
      default: 'crop',
      options: [
        { value: 'crop', label: 'Cut off the edges' },
        { value: 'pad', label: 'Add black bars' },
        { value: 'stretch', label: 'Pull into shape' }
      ]
    },
    colour: {
      kind: 'choice',
      label: 'Colours',
      help: 'Grey has a third of the numbers. It is enough where colours say nothing.',
      default: 'colour',
      options: [
        { value: 'colour', label: 'In colour' },
        { value: 'grey', label: 'Grey' }
      ]
    }
  },
  pictures: settingsOf,
  describe: (config) => {
    const { folder } = config
    if (folder === '')
      return { code: 'no-file', field: 'folder', message: 'No folder of pictures is chosen yet.' }
    if (folder.classes.length < 2)
      return {
        code: 'one-class',
        field: 'folder',
        message: `All pictures that can be read show the same: ${folder.classes[0] ?? 'nothing'}.`,
        detail: 'A network learns to tell things apart: it needs pictures of two classes at least.'
      }
    return {
      features: [],
      classes: folder.classes,
      shape: [config.height, config.width, channelsOf(config)],
      target: { classes: folder.classes.length, shape: [] },
      scale: 1 / 255,
      named: true,
      rows: folder.counts.reduce((a, b) => a + b, 0)
    }
  },
  generate: (_, { pictures }) => ({
    x: pictures!.x,
    y: Int32Array.from(pictures!.files, ({ klass }) => klass)
  })
})
