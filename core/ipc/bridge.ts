import type { EventName, Events } from './events'
import type { RequestArgs, RequestName, RequestResult } from './requests'

/** What the preload script gives the page as `window.netloom`. */
export interface NetloomApi {
  /** Rejects when main refuses the message; what a person can mend comes as a Result. */
  request<N extends RequestName>(name: N, ...args: RequestArgs<N>): Promise<RequestResult<N>>
  /** Returns the function that ends it. */
  on<N extends EventName>(name: N, listener: (payload: Events[N]) => void): () => void
  /** What a window message with the trainer's port carries; another one for each page. */
  readonly portNonce: string
}
