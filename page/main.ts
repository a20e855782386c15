import { mount } from 'svelte'
import { CARGO_ID } from '@core/export/page/html'
import type { RawInput } from '@core/export/page/ask'
import type { PageCargo } from '@core/export/page/cargo'
import '@renderer/tokens.css'
import './page.css'
import { PageNetwork } from './network'
import Page from './Page.svelte'
import { usualRaw } from './usual'
import { startTensorflow } from './tensorflow'

/** What the console of the browser, and whoever checks the page, can ask. */
interface NetloomPage {
  /** What `answer` takes, for example. */
  readonly example: RawInput
  /** What the last layer gives. Throws, with the reason, where the network cannot be asked that. */
  readonly answer: (raw: RawInput) => number[]
}

declare global {
  interface Window {
    netloomPage?: NetloomPage
  }
}

async function start(): Promise<void> {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const followSystem = (): void =>
    void (document.documentElement.dataset['theme'] = dark.matches ? 'dark' : 'light')
  followSystem()
  dark.addEventListener('change', followSystem)
  const cargo = JSON.parse(document.getElementById(CARGO_ID)!.textContent!) as PageCargo
  const network = new PageNetwork(cargo, await startTensorflow())
  const target = document.getElementById('page')!
  target.replaceChildren()
  mount(Page, { target, props: { network } })
  window.netloomPage = {
    example: usualRaw(cargo.ask),
    answer: (raw) => {
      const asked = network.ask(raw)
      if (!asked.ok) throw new Error(asked.problems[0]!.message)
      return Array.from(asked.value.numbers)
    }
  }
}

void start()
