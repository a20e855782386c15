import { preparationOf } from './folder'
import type { ExportModel } from './model'

/** What a file can say about itself besides the network, as texts: for formats that have a place for it. */
export function metadataOf(model: ExportModel): { readonly [key: string]: string } {
  const { title, data } = model
  return {
    title,
    preparation: JSON.stringify(preparationOf(model)),
    ...(data.classes.length > 0 ? { classes: JSON.stringify(data.classes) } : {})
  }
}
