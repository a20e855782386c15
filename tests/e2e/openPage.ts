import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import type { Dataset } from '@core/data/dataset'
import type { PageRuntime } from '@core/export/format'
import { exportModel } from '@core/export/model'
import { cargoOf } from '@core/export/page/cargo'
import { pageHtml } from '@core/export/page/html'
import { derive } from '@core/graph/derive'
import { planSystem } from '@core/graph/plan'
import { sizeOf } from '@core/graph/signal'
import { lessonProjects } from '@core/lessons/projects'
import { initialWeights } from '@trainer/initialWeights'
import { at } from '../../scripts/setup/places.mjs'
import type { Netloom } from './fixtures'

/** The page of a lesson's network as it is before training, without its data. */
export function pageOf(lesson: string, scale: number): string {
  const { document } = lessonProjects.find(({ id }) => id === lesson)!
  const derivation = derive(document, {})
  const { features, classes, shape, target, symbols } = derivation.data!
  const weights = initialWeights(planSystem(document, derivation).weights, 1)
  const model = exportModel({
    ...{ document, files: {}, weights, epoch: 1, scale, preparation: undefined }
  })
  const rows = 2
  const dataset: Dataset = {
    ...{ features, classes, shape, target, rows, scale },
    ...(symbols ? { symbols } : {}),
    x: Float32Array.from({ length: rows * sizeOf(shape) }, (_, i) => i % 5),
    y: undefined,
    parts: { train: Int32Array.of(0), validation: Int32Array.of(1), test: new Int32Array() }
  }
  const score = () => ({ part: 'validation' as const, loss: 0.3, accuracy: 0.913 })
  const runtime = JSON.parse(readFileSync(at('out/page/runtime.json'), 'utf8')) as PageRuntime
  return pageHtml(cargoOf(model, { dataset, score }), runtime)
}

/** Opens a file as a browser would, beside the app: without Node, preload or network. */
export async function openPage(
  { app }: Netloom,
  file: string,
  size = { width: 1280, height: 800 }
): Promise<Page> {
  const opened = app.waitForEvent('window')
  await app.evaluate(
    async ({ BrowserWindow, session }, [address, { width, height }]) => {
      const own = session.fromPartition(`page-${Math.random()}`)
      own.enableNetworkEmulation({ offline: true })
      const window = new BrowserWindow({
        ...{ width, height, useContentSize: true },
        webPreferences: { session: own, sandbox: true }
      })
      await window.loadURL(address)
    },
    [pathToFileURL(file).href, size] as const
  )
  const page = await opened
  await page.waitForFunction(() => 'netloomPage' in window)
  return page
}
