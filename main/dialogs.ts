import { app, dialog, type BrowserWindow } from 'electron'
import { dirname, isAbsolute, join } from 'node:path'
import { TABLE_ENDINGS, TEXT_ENDINGS } from '@core/data/fileKinds'
import { MODEL_ENDINGS } from '@core/import/kinds'
import { EXPORT_KINDS } from '@core/ipc'
import type { AskFolder } from './export/exports'
import type { AskExport } from './files/exports'
import type { Dialogs } from './files/projects'

/** Asks by the system's own dialog where to put a file that the window has made; it begins where the last one went. */
export function exportDialog(window: () => BrowserWindow): AskExport {
  let folder: string | undefined
  return async (suggested, kind) => {
    const { title, ending } = EXPORT_KINDS[kind]
    const { filePath, canceled } = await dialog.showSaveDialog(window(), {
      defaultPath: join(folder ?? app.getPath('documents'), suggested),
      filters: [{ name: title, extensions: [ending] }]
    })
    if (canceled || !filePath) return undefined
    folder = dirname(filePath)
    return filePath
  }
}

/** Asks by the system's own dialog where to put a new folder; it begins where the last one went. */
export function folderDialog(window: () => BrowserWindow): AskFolder {
  let folder: string | undefined
  return async (suggested) => {
    const { filePath, canceled } = await dialog.showSaveDialog(window(), {
      title: 'Export',
      buttonLabel: 'Export',
      nameFieldLabel: 'Folder',
      defaultPath: join(folder ?? app.getPath('documents'), suggested)
    })
    if (canceled || !filePath) return undefined
    folder = dirname(filePath)
    return filePath
  }
}

/** The system's own dialogs for files, on top of the window. */
export function fileDialogs(window: () => BrowserWindow): Dialogs {
  const choose = async (filters: Electron.FileFilter[]): Promise<string | undefined> => {
    const { filePaths } = await dialog.showOpenDialog(window(), { properties: ['openFile'], filters })
    return filePaths[0]
  }
  const all = { name: 'All files', extensions: ['*'] }
  return {
    openProject: () =>
      choose([
        { name: 'Projects and trained models', extensions: ['netloom', 'json', ...MODEL_ENDINGS] },
        { name: 'Netloom projects', extensions: ['netloom', 'json'] },
        { name: 'Trained models', extensions: [...MODEL_ENDINGS, 'json'] },
        all
      ]),
    openData: (as) =>
      choose([
        as === 'table'
          ? { name: 'Tables', extensions: [...TABLE_ENDINGS] }
          : { name: 'Texts', extensions: [...TEXT_ENDINGS] },
        all
      ]),
    openSet: async () => {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        // One dialog cannot choose files and folders everywhere; a folder's files can be chosen together.
        properties: ['openFile', 'multiSelections'],
        filters: [all]
      })
      return filePaths
    },
    openFolder: async () => {
      const { filePaths } = await dialog.showOpenDialog(window(), { properties: ['openDirectory'] })
      return filePaths[0]
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
