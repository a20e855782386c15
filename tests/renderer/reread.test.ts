import { expect, test } from 'vitest'
import { unwrap } from '@core/result'
import { tableProject } from '@core/templates/tableProject'
import { ProjectState } from '@renderer/state/project.svelte'
import { tableFile } from '../core/helpers/tables'

test('a file that is read in another way is one step of undo', () => {
  const text = `size,side,kind\n${Array.from({ length: 30 }, (_, i) => `${i},${i % 7},k${i % 2}`).join('\n')}\n`
  const first = tableFile(text).file
  const { document, files } = unwrap(tableProject('t.csv', first))
  const project = new ProjectState()
  project.open({ document, files, savedAs: undefined, recovered: false })
  const { columns } = document.data.source.config
  const again = tableFile(text.replace('size,side,kind', 'size,width,kind')).file
  expect(project.reread('t.csv', again)).toBe(
    (columns as readonly { name: string }[]).filter(({ name }) => name === 'side').length
  )
  expect(project.table!.columns.map(({ name }) => name)).toEqual(['size', 'width', 'kind'])
  expect(project.undoLabel).toBe('read t.csv in another way')
  project.undo()
  expect(project.table!.columns.map(({ name }) => name)).toEqual(['size', 'side', 'kind'])
  expect(project.document).toBe(document)
  project.redo()
  expect(project.files['t.csv']).toBe(again)
})
