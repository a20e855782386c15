import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { z } from 'zod'
import { requests, type EventName, type Events, type Handlers, type RequestName } from '@core/ipc'
import { DROPPED, PORT_REQUEST, requestNames } from '@core/ipc/names'
import { log } from './log'
import { ORIGIN } from './window/address'

/** Is this our window's own page speaking, and not a frame in it or a page that got there by mistake? */
function isOurPage(event: IpcMainEvent | IpcMainInvokeEvent, contents: WebContents | undefined): boolean {
  const frame = event.senderFrame
  if (!contents || !frame || event.sender !== contents || frame !== contents.mainFrame) return false
  const { protocol, host } = new URL(frame.url)
  return `${protocol}//${host}` === ORIGIN
}

/**
 * Answers every request of the contract, from our page only and with arguments that fit the contract only. `heard`
 * is called for each one that came from our page.
 */
export function handleRequests(
  handlers: Handlers,
  contents: () => WebContents | undefined,
  heard: () => void
): void {
  for (const name of requestNames)
    ipcMain.handle(name, (event, ...args: unknown[]) => {
      if (!isOurPage(event, contents())) {
        log.error(`${name} refused: it came from ${event.senderFrame?.url ?? 'a frame that is gone'}`)
        throw new Error('Only the window of Netloom may ask for this.')
      }
      heard()
      return answer(name, handlers, args)
    })
}

async function answer(name: RequestName, handlers: Handlers, args: unknown[]): Promise<unknown> {
  const parsed = requests[name].args.safeParse(args)
  if (!parsed.success) {
    const why = z.prettifyError(parsed.error)
    log.error(`${name} refused: ${why}`)
    throw new Error(`${name} cannot be asked like this: ${why}`)
  }
  try {
    // The compiler cannot see that the arguments and the handler belong to the same name.
    return await (handlers[name] as (...args: unknown[]) => unknown)(...(parsed.data as unknown[]))
  } catch (error) {
    log.error(`${name} failed`, error)
    throw error
  }
}

/** Calls back with the nonce of each page that asks for its port to the trainer. */
export function onPortRequest(
  contents: () => WebContents | undefined,
  connect: (nonce: string) => void
): void {
  const nonceSchema = z.uuid()
  ipcMain.on(PORT_REQUEST, (event, nonce: unknown) => {
    const parsed = nonceSchema.safeParse(nonce)
    if (isOurPage(event, contents()) && parsed.success) connect(parsed.data)
    else log.error('a port to the trainer refused')
  })
}

/** Calls back with the paths of what was dropped onto the page. */
export function onDropped(
  contents: () => WebContents | undefined,
  take: (paths: readonly string[]) => void
): void {
  const pathsSchema = z.array(z.string().max(32_767)).max(100_000)
  ipcMain.on(DROPPED, (event, paths: unknown) => {
    const parsed = pathsSchema.safeParse(paths)
    if (isOurPage(event, contents()) && parsed.success) take(parsed.data)
    else log.error('what was dropped was refused')
  })
}

/** Tells the page; nothing happens where there is none. */
export function emit<N extends EventName>(
  contents: WebContents | undefined,
  name: N,
  payload: Events[N]
): void {
  if (contents && !contents.isDestroyed()) contents.send(name, payload)
}
