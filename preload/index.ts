import { contextBridge, ipcRenderer } from 'electron'
import type { NetloomApi } from '@core/ipc'
import { DROPPED, eventNames, PORT_MESSAGE, PORT_REQUEST, requestNames } from '@core/ipc/names'

const portNonce = crypto.randomUUID()
const loaded = new Promise<void>((resolve) =>
  window.addEventListener('DOMContentLoaded', () => resolve(), { once: true })
)

const api: NetloomApi = {
  request: (name, ...args) =>
    (requestNames as readonly string[]).includes(name)
      ? ipcRenderer.invoke(name, ...args)
      : Promise.reject(new Error(`There is no request named ${String(name)}.`)),
  on: (name, listener) => {
    if (!(eventNames as readonly string[]).includes(name))
      throw new Error(`There is no event named ${String(name)}.`)
    // The event object would hand the page ipcRenderer itself.
    const pass = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload)
    ipcRenderer.on(name, pass)
    return () => void ipcRenderer.off(name, pass)
  },
  portNonce
}

contextBridge.exposeInMainWorld('netloom', api)

// A port cannot cross the context bridge, so it goes as a window message. The nonce keeps a port that was meant
// for the page before a reload from reaching this one.
ipcRenderer.on(PORT_MESSAGE, (event, nonce: unknown) => {
  if (nonce !== portNonce) return event.ports.forEach((port) => port.close())
  void loaded.then(() => window.postMessage({ kind: PORT_MESSAGE, nonce }, location.origin, event.ports))
})
ipcRenderer.send(PORT_REQUEST, portNonce)

// Before the page hears of it, and asks main for what was dropped.
window.addEventListener(
  'drop',
  ({ dataTransfer }) => {
    const paths = [...(dataTransfer?.files ?? [])].map((file) => file.path).filter((path) => path !== '')
    if (paths.length > 0) ipcRenderer.send(DROPPED, paths)
  },
  true
)
