import { createSubscriber } from 'svelte/reactivity'
import { readPalette, type Palette } from './paint'

const onThemeChange = createSubscriber((update) => {
  const observer = new MutationObserver(update)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
})

let cached: { readonly theme: string | undefined; readonly palette: Palette } | undefined

/** The palette of the theme that is on; what reads it in an effect runs again when the theme changes. */
export function currentPalette(): Palette {
  onThemeChange()
  const theme = document.documentElement.dataset['theme']
  if (cached?.theme !== theme) cached = { theme, palette: readPalette() }
  return cached!.palette
}
