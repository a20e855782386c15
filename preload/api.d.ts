import type { NetloomApi } from '@core/ipc'

declare global {
  interface Window {
    /** The one way from the page to main. */
    readonly netloom: NetloomApi
  }
}
