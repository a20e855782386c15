import type { ExportKind } from '@core/ipc'
import { request } from '../state/bridge'
import type { AppState } from '../state/app.svelte'

/** Saves what the window has made where the person wants it, and says so. */
export async function exportFile(
  app: AppState,
  name: string,
  kind: ExportKind,
  content: string | Uint8Array
): Promise<void> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const result = await request('file:export', { name, kind, bytes })
  if (!result.ok) app.tellProblem(result.problems[0]!)
  else if (result.value) app.tell(`Saved ${result.value.savedAs}.`)
}

/** The picture of an SVG with a size of its own, `scale` pixels for each of its units, as PNG. */
export async function svgToPng(svg: string, scale = 2): Promise<Uint8Array> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = scale * image.naturalWidth
    canvas.height = scale * image.naturalHeight
    const context = canvas.getContext('2d')
    if (!context) throw new Error('This canvas has no 2D context.')
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!blob) throw new Error('The picture could not be made.')
    return new Uint8Array(await blob.arrayBuffer())
  } finally {
    URL.revokeObjectURL(url)
  }
}
