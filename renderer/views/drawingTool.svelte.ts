import type { DrawingTool } from '../data/drawing'

/** What is drawn with: kept while the map is redrawn, enlarged or left for another tab. */
class Pen {
  /** Undefined looks instead of drawing. */
  tool = $state<DrawingTool | undefined>('draw')
  label = $state(0)
}

/** The one of this window. */
export const pen = new Pen()
