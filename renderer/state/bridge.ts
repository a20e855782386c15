import {
  events,
  PORT_MESSAGE,
  type EventName,
  type Events,
  type RequestArgs,
  type RequestName,
  type RequestResult
} from '@core/ipc'

/** What the preload puts on the window. */
interface Bridge {
  request(name: string, ...args: unknown[]): Promise<unknown>
  on(name: string, listener: (value: unknown) => void): () => void
}

const bridge = (window as unknown as { netloom: Bridge }).netloom

/** Asks main. Rejects only on bugs: what a person can mend comes back as a Result. */
export function request<N extends RequestName>(name: N, ...args: RequestArgs<N>): Promise<RequestResult<N>> {
  return bridge.request(name, ...args) as Promise<RequestResult<N>>
}

/** Listens to main; returns the way to stop. */
export function listen<N extends EventName>(name: N, listener: (value: Events[N]) => void): () => void {
  return bridge.on(name, (value) => listener(events[name].parse(value) as Events[N]))
}

/** Calls back with each new port to the trainer: the first one, and one after each restart. */
export function onTrainerPort(use: (port: MessagePort) => void): () => void {
  const listener = (event: MessageEvent): void => {
    const port = event.ports[0]
    if (event.source === window && (event.data as { kind?: unknown } | null)?.kind === PORT_MESSAGE && port)
      use(port)
  }
  window.addEventListener('message', listener)
  return () => window.removeEventListener('message', listener)
}
