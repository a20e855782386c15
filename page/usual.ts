import { channelsOf } from '@core/data/pictureSettings'
import type { Ask, RawInput } from '@core/export/page/ask'

/** What a person finds on the page to begin with: the middle, what is usual, an empty sheet. */
export function usualRaw(ask: Ask): RawInput {
  switch (ask.kind) {
    case 'point': {
      const [left, right, bottom, top] = ask.domain
      return [(left + right) / 2, (bottom + top) / 2]
    }
    case 'row':
      return Object.fromEntries(ask.columns.map(({ name, usual }) => [name, usual]))
    case 'numbers':
      return ask.columns.map(({ usual }) => Number(usual))
    case 'sequence':
      return ask.usual
    case 'picture': {
      const { settings } = ask
      return new Array<number>(settings.width * settings.height * channelsOf(settings)).fill(0)
    }
    case 'text':
      return ''
  }
}
