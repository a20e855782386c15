import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { TABLE_ENDINGS, endingOf } from '@core/data/fileKinds'
import type { RowsForm } from '@core/ipc/newRows'
import { fail, ok, type Result } from '@core/result'
import type { Readers } from '../pictures/pool'
import { openPictures } from './pictures'
import type { RowsReader } from './reader'
import { openTable } from './table'

/** Opens a table, a folder or some pictures for a network that was trained on rows of this form. */
export async function openRows(
  paths: readonly string[],
  form: RowsForm,
  readers: () => Readers
): Promise<Result<RowsReader>> {
  const [first] = paths
  if (first === undefined) return fail({ code: 'no-file', message: 'Nothing was chosen.' })
  const folder = await stat(first).then(
    (found) => found.isDirectory(),
    () => undefined
  )
  if (folder === undefined)
    return fail({ code: 'no-file', message: `${basename(first)} is not there any more.` })
  const table = !folder && TABLE_ENDINGS.includes(endingOf(first))
  if (form.kind === 'table') {
    if (table) return ok(openTable(first, form))
    return fail({
      code: 'other-file',
      message: `This network answers rows of a table, and ${basename(first)} is ${folder ? 'a folder' : 'none'}.`,
      detail: 'Choose a CSV, TSV or Excel file.'
    })
  }
  if (table)
    return fail({
      code: 'other-file',
      message: `This network answers pictures, and ${basename(first)} is a table.`,
      detail: 'Choose a folder of pictures, or picture files.'
    })
  return ok(openPictures(paths, form, readers()))
}
