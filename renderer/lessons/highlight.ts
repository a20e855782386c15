import type { Control } from '@core/lessons/define'
import { layers } from '@core/registry'
import { tick } from 'svelte'
import type { AppState } from '../state/app.svelte'

/** How long a control that was asked for stays marked, in ms. */
const STAYS = 2600
const MARGIN = 5

const find = (control: Control): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-control="${control}"]`)

/** Rings the control; returns the way to stop. Nothing happens where it is not on the screen. */
export function highlight(control: Control): () => void {
  const target = find(control)
  if (!target) return () => undefined
  const ring = document.createElement('div')
  ring.className = 'lesson-ring'
  ring.setAttribute('aria-hidden', 'true')
  document.body.append(ring)
  let frame = 0
  const follow = (): void => {
    const box = target.getBoundingClientRect()
    ring.style.transform = `translate(${box.left - MARGIN}px, ${box.top - MARGIN}px)`
    ring.style.width = `${box.width + 2 * MARGIN}px`
    ring.style.height = `${box.height + 2 * MARGIN}px`
    ring.style.visibility = target.isConnected && box.width > 0 ? 'visible' : 'hidden'
    frame = requestAnimationFrame(follow)
  }
  follow()
  return () => {
    cancelAnimationFrame(frame)
    ring.remove()
  }
}

/** Brings the control onto the screen where it is out of sight, and marks it for a moment. */
export async function pointAt(app: AppState, control: Control): Promise<void> {
  if (!find(control)) {
    reveal(app, control)
    await tick()
  }
  const target = find(control)
  if (target) scrollTo(target)
  const stop = highlight(control)
  setTimeout(stop, STAYS)
}

/** Scrolls the nearest list that can scroll; the window itself must stay where it is, though its parts are larger. */
function scrollTo(target: HTMLElement): void {
  let list = target.parentElement
  while (list && !/auto|scroll/.test(getComputedStyle(list).overflowY)) list = list.parentElement
  if (!list) return
  const box = target.getBoundingClientRect()
  const frame = list.getBoundingClientRect()
  if (box.top < frame.top || box.bottom > frame.bottom)
    list.scrollTop += box.top - frame.top - (frame.height - box.height) / 2
}

/** Settings show once their node is selected, curves once the drawer shows training. */
function reveal(app: AppState, control: Control): void {
  const owner = app.project.document.networks
    .flatMap((network) => Object.entries(network.nodes))
    .find(([, node]) => {
      const layer = layers[node.type]!
      if (layer.role === 'source') return control === 'noise'
      return Object.entries(layer.fields).some(
        ([name, field]) => (field.kind === 'part' ? field.registry : name) === control
      )
    })?.[0]
  if (owner === undefined) app.drawerTab = 'training'
  else app.project.select([owner])
}
