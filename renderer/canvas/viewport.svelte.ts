import type { Viewport } from '@xyflow/svelte'
import type { Box } from './callouts'
import { reduced } from './flow.svelte'

/** Text must not shrink below its size on its own, nor cards grow out of proportion. */
const FIT = { min: 1, max: 1.34 }
/** In the presentation the graph fills its box, whatever that takes. */
const FILL = { min: 0.2, max: 3 }
const PAD = 12
/** Room below the graph for the zoom bar, where that does not cost scale. */
const BAR = 52
const DURATION = 160

/** Where the graph is in its window. */
export class GraphViewport {
  width = $state(0)
  height = $state(0)
  now = $state.raw<Viewport>({ x: 0, y: 0, zoom: 1 })
  /** The person has panned or zoomed: nothing moves on its own any more. */
  moved = $state(false)
  private frame = 0

  constructor(
    private readonly bounds: () => Box,
    private readonly fill: () => boolean
  ) {}

  /** Shows the whole graph, or as much of its beginning as fits at scale 1; `see` is shown in any case. */
  fit(animate: boolean, see?: Box): void {
    this.moved = false
    if (this.width === 0 || this.height === 0) return
    const whole = fitViewport(this.bounds(), this.width, this.height, this.fill())
    this.goTo(see ? this.panned(whole, see) : whole, animate)
  }

  /** Zooms around the middle of the window. */
  zoomBy(factor: number): void {
    const zoom = Math.max(0.4, Math.min(2, this.now.zoom * factor))
    const k = zoom / this.now.zoom
    this.moved = true
    this.goTo(
      {
        zoom,
        x: this.width / 2 - k * (this.width / 2 - this.now.x),
        y: this.height / 2 - k * (this.height / 2 - this.now.y)
      },
      true
    )
  }

  /** Pans as little as it takes to see this box. */
  reveal(...boxes: readonly Box[]): void {
    const to = boxes.reduce((at, box) => this.panned(at, box), this.now)
    if (to !== this.now) this.goTo(to, true)
  }

  private panned(from: Viewport, box: Box): Viewport {
    const { x, y, zoom } = from
    const shift = (at: number, size: number, room: number): number => {
      if (at < 16) return 16 - at
      if (at + size > room - 16) return Math.max(room - 16 - size - at, 16 - at)
      return 0
    }
    const dx = shift(x + box.x * zoom, box.width * zoom, this.width)
    const dy = shift(y + box.y * zoom, box.height * zoom, this.height)
    return dx === 0 && dy === 0 ? from : { x: x + dx, y: y + dy, zoom }
  }

  private goTo(to: Viewport, animate: boolean): void {
    cancelAnimationFrame(this.frame)
    const from = this.now
    if (!animate || reduced()) {
      this.now = to
      return
    }
    const start = performance.now()
    const step = (): void => {
      const t = Math.min(1, (performance.now() - start) / DURATION)
      const k = 1 - (1 - t) ** 3
      this.now = {
        x: from.x + k * (to.x - from.x),
        y: from.y + k * (to.y - from.y),
        zoom: from.zoom + k * (to.zoom - from.zoom)
      }
      if (t < 1) this.frame = requestAnimationFrame(step)
    }
    this.frame = requestAnimationFrame(step)
  }

  /** Call when the graph goes away. */
  stop(): void {
    cancelAnimationFrame(this.frame)
  }
}

/** The viewport that shows these bounds best; where they do not fit at scale 1, it shows where they begin. */
export function fitViewport(bounds: Box, width: number, height: number, fill: boolean): Viewport {
  const limits = fill ? FILL : FIT
  const pad = fill ? 4 : PAD
  const zoom = Math.max(
    limits.min,
    Math.min(limits.max, (width - 2 * pad) / bounds.width, (height - 2 * pad) / bounds.height)
  )
  const spareX = width - bounds.width * zoom
  const spareY = height - bounds.height * zoom
  // A little higher than the middle, so that the graph stays clear of the zoom bar.
  const lift = fill ? 0 : Math.max(0, Math.min(BAR - spareY / 2, spareY / 2 - pad))
  return {
    zoom,
    x: Math.round((spareX >= 0 ? spareX / 2 : pad) - bounds.x * zoom),
    y: Math.round((spareY >= 2 * pad ? spareY / 2 - lift : pad) - bounds.y * zoom)
  }
}

/** The smallest box around these; an empty canvas has one card's worth. */
export function around(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 400, height: 280 }
  const x = Math.min(...boxes.map((b) => b.x))
  const y = Math.min(...boxes.map((b) => b.y))
  return {
    x,
    y,
    width: Math.max(...boxes.map((b) => b.x + b.width)) - x,
    height: Math.max(...boxes.map((b) => b.y + b.height)) - y
  }
}
