import { app, dialog, type BrowserWindow } from 'electron'
import { isAbsolute, join } from 'node:path'
import type { Dialogs } from './files/projects'

/** The system's own dialogs for files, on top of the window. */
export function fileDialogs(window: () => BrowserWindow): Dialogs {
  const choose = async (filters: Electron.FileFilter[]): Promise<string | undefined> => {
    const { filePaths } = await dialog.showOpenDialog(window(), { properties: ['openFile'], filters })
    return filePaths[0]
  }
  const all = { name: 'All files', extensions: ['*'] }
  return {
    openProject: () => choose([{ name: 'Netloom projects', extensions: ['netloom', 'json'] }, all]),
    openTable: () => choose([{ name: 'Tables', extensions: ['csv', 'tsv', 'tab', 'txt', 'xlsx'] }, all]),
    openSet: async () => {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        // One dialog cannot choose files and folders everywhere; a folder's files can be chosen together.
        properties: ['openFile', 'multiSelections'],
        filters: [all]
      })
      return filePaths
    },
    saveProject: async (suggested) => {
      const { filePath, canceled } = await dialog.showSaveDialog(window(), {
        defaultPath: isAbsolute(suggested) ? suggested : join(app.getPath('documents'), suggested),
        filters: [{ name: 'Netloom project', extensions: ['netloom'] }]
      })
      return canceled ? undefined : filePath
    }
  }
}
