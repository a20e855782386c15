import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '@core/ipc'

/** The menu bar. Every item asks the page, which knows what is selected and whether a text field has the focus. */
export function installMenu(run: (command: MenuCommand) => void): void {
  const mac = process.platform === 'darwin'
  const item = (command: MenuCommand, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => run(command),
    // Keys are the page's: it must not see the same one twice.
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false })
  })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const about = item('about', 'About Netloom')
  const settings = item('settings', 'Settings…', 'CmdOrCtrl+,')
  const template: MenuItemConstructorOptions[] = [
    ...(mac
      ? [
          {
            label: 'Netloom',
            submenu: [
              about,
              line,
              settings,
              line,
              { role: 'hide' },
              { role: 'hideOthers' },
              { role: 'unhide' },
              line,
              { role: 'quit' }
            ]
          } satisfies MenuItemConstructorOptions
        ]
      : []),
    {
      label: 'File',
      submenu: [
        item('new', 'New project', 'CmdOrCtrl+N'),
        item('open', 'Open…', 'CmdOrCtrl+O'),
        line,
        item('save', 'Save', 'CmdOrCtrl+S'),
        item('saveAs', 'Save as…', 'CmdOrCtrl+Shift+S'),
        line,
        item('export', 'Export…', 'CmdOrCtrl+E'),
        ...(mac ? [line, { role: 'close' } as const] : [line, settings, line, { role: 'quit' } as const])
      ]
    },
    {
      label: 'Edit',
      submenu: [
        item('undo', 'Undo', 'CmdOrCtrl+Z'),
        item('redo', 'Redo', 'CmdOrCtrl+Shift+Z'),
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        line,
        item('duplicate', 'Duplicate', 'CmdOrCtrl+D'),
        item('delete', 'Delete', 'Delete'),
        item('selectAll', 'Select all', 'CmdOrCtrl+A')
      ]
    },
    {
      label: 'Train',
      submenu: [
        item('train', 'Train or pause', 'Space'),
        item('stop', 'Stop'),
        item('startOver', 'Start over', 'Shift+R'),
        item('bringBack', 'Bring back what was given up', 'CmdOrCtrl+Shift+R')
      ]
    },
    {
      label: 'View',
      submenu: [
        item('fit', 'Show everything', 'Shift+1'),
        item('tidy', 'Tidy up', 'Shift+T'),
        line,
        item('runs', 'Runs', 'CmdOrCtrl+R'),
        item('present', 'Present', 'P'),
        { role: 'togglefullscreen' }
      ]
    },
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
    {
      role: 'help',
      submenu: [item('shortcuts', 'Keyboard shortcuts', '?'), ...(mac ? [] : [line, about])]
    }
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
