import { z } from 'zod'
import {
  events,
  PORT_MESSAGE,
  type EventName,
  type Events,
  type RequestArgs,
  type RequestName,
  type RequestResult
} from '@core/ipc'

// The nonce tells the preload's message from one that something else in the page has posted.
const portMessage = z.object({ kind: z.literal(PORT_MESSAGE), nonce: z.string() })

/** Asks main. Rejects only on bugs: what a person can mend comes back as a Result. */
export function request<N extends RequestName>(name: N, ...args: RequestArgs<N>): Promise<RequestResult<N>> {
  return window.netloom.request(name, ...args)
}

/** Listens to main; returns the way to stop. */
export function listen<N extends EventName>(name: N, listener: (value: Events[N]) => void): () => void {
  return window.netloom.on(name, (value) => listener(events[name].parse(value) as Events[N]))
}

/** Calls back with each new port to the trainer: the first one, and one after each restart. */
export function onTrainerPort(use: (port: MessagePort) => void): () => void {
  const listener = ({ data, ports, source }: MessageEvent<unknown>): void => {
    const port = ports[0]
    const ours = portMessage.safeParse(data)
    if (source === window && ours.success && ours.data.nonce === window.netloom.portNonce && port) use(port)
  }
  window.addEventListener('message', listener)
  return () => window.removeEventListener('message', listener)
}
