import { DRAWING_DOMAIN, decodeDrawing, EMPTY_DRAWING } from '../../data/points/drawing'
import { inputs, planeOf, pointRows } from '../../data/points/shared'
import { defineSource } from '../define'

const LETTERS = 'ABCDEFGHIJ'

/** Points that a person draws onto the plane, in the document itself. */
export default defineSource({
  type: 'drawn',
  title: 'Drawn points',
  summary: 'Your own: draw points of any class onto the map, also while it trains.',
  icon: 'pencil',
  fields: {
    drawing: {
      kind: 'drawing',
      label: 'Points',
      help: 'Draw on the map below: click for a point, drag for many.',
      default: EMPTY_DRAWING,
      live: true
    },
    inputs
  },
  describe: (config) => {
    const { classes, points } = decodeDrawing(config.drawing)!
    const { plane, ...described } = planeOf(config.inputs)
    return {
      ...described,
      plane: { ...plane, domain: DRAWING_DOMAIN },
      classes: Array.from({ length: classes }, (_, k) => `class ${LETTERS[k]}`),
      target: { classes, shape: [] },
      rows: points.length
    }
  },
  generate: (config) => {
    const { points } = decodeDrawing(config.drawing)!
    return pointRows(points.length, (i) => {
      const { x, y, label } = points[i]!
      return [x, y, label]
    })
  }
})
