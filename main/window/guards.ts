import { app, session } from 'electron'
import { log } from '../log'

/** Nothing leaves the page: no navigation, no other windows, no embedded pages, no permissions, no downloads. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      event.preventDefault()
      log.error(`navigation to ${url} refused`)
    })
    contents.on('will-redirect', (event, url) => {
      event.preventDefault()
      log.error(`redirection to ${url} refused`)
    })
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
      log.error('embedding a page refused')
    })
    contents.setWindowOpenHandler(({ url }) => {
      log.error(`a window for ${url} refused`)
      return { action: 'deny' }
    })
  })
}

/** Call when the app is ready. */
export function guardSession(): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
    log.error(`permission ${permission} refused`)
    answer(false)
  })
  defaultSession.setPermissionCheckHandler(() => false)
  defaultSession.setDevicePermissionHandler(() => false)
  defaultSession.on('will-download', (event) => {
    event.preventDefault()
    log.error('a download was refused')
  })
}
