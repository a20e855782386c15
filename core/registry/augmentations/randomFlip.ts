import { defineAugmentation } from '../define'

/** Mirrors a picture with a probability of one half in each direction that is asked for. */
export default defineAugmentation({
  type: 'randomFlip',
  title: 'Flip',
  summary: 'Every other picture is mirrored. Not for digits and letters: they become other signs.',
  icon: 'mirror-rectangular',
  keras: 'RandomFlip',
  fields: {
    mode: {
      kind: 'choice',
      label: 'Direction',
      help: 'Upside down only makes sense where nothing has a top, as seen from above.',
      default: 'horizontal',
      options: [
        { value: 'horizontal', label: 'Left and right' },
        { value: 'vertical', label: 'Upside down' },
        { value: 'horizontal_and_vertical', label: 'Both' }
      ]
    }
  },
  fact: ({ mode }) =>
    ({
      horizontal: 'left and right',
      vertical: 'upside down',
      horizontal_and_vertical: 'in both directions'
    })[mode],
  move: ({ mode }, random) => {
    const sign = (asked: boolean): 1 | -1 => (asked && random.uniform() < 0.5 ? -1 : 1)
    return [sign(mode !== 'vertical'), 0, 0, 0, sign(mode !== 'horizontal'), 0]
  }
})
