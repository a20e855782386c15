import { defineAugmentation } from '../define'

/** Turns a picture about its middle by an angle from −degrees to degrees, all alike. Keras' factor is degrees / 360. */
export default defineAugmentation({
  type: 'randomRotation',
  title: 'Rotation',
  summary: 'Pictures are turned a little, to the left or to the right.',
  icon: 'rotate-cw',
  keras: 'RandomRotation',
  fields: {
    degrees: {
      kind: 'float',
      label: 'Up to',
      unit: 'degrees',
      help: 'How far a picture is turned at most, in degrees.',
      default: 15,
      min: 0,
      max: 180,
      step: 1
    }
  },
  fact: ({ degrees }) => `up to ${degrees}°`,
  move: ({ degrees }, random) => {
    const angle = ((2 * random.uniform() - 1) * degrees * Math.PI) / 180
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    return [cos, -sin, 0, sin, cos, 0]
  }
})
