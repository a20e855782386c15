/** What a key event says, as far as shortcuts care. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Does this press mean these keys ("Mod+Shift+Z", "Space", "?")? Mod is ⌘ on a Mac and Ctrl elsewhere. */
export function matchesKeys(press: KeyPress, keys: string, mac: boolean): boolean {
  const { mod, shift, name } = parseKeys(keys)
  const otherModifier = mac ? press.ctrlKey : press.metaKey
  if (press.altKey || otherModifier || (mac ? press.metaKey : press.ctrlKey) !== mod) return false
  // Which signs need Shift depends on the keyboard's layout.
  if (isSign(name)) return press.key === name
  if (press.shiftKey !== shift) return false
  if (name === 'Space') return press.key === ' '
  // With Shift a digit's key is a sign, and on a Cyrillic or Greek layout a letter's key is another letter.
  if (/^\d$/.test(name)) return press.code === `Digit${name}` || press.code === `Numpad${name}`
  if (/^[A-Z]$/.test(name))
    return press.key.toUpperCase() === name || (!isLatin(press.key) && press.code === `Key${name}`)
  return press.key === name || (name === 'Delete' && press.key === 'Backspace')
}

/** The keys as people read them on this platform: "Ctrl+Z", "⌘Z". */
export function keysText(keys: string, mac: boolean): string {
  const { mod, shift, name } = parseKeys(keys)
  const shown = name === '-' ? '−' : name
  if (mac) return `${shift ? '⇧' : ''}${mod ? '⌘' : ''}${shown}`
  return [...(mod ? ['Ctrl'] : []), ...(shift ? ['Shift'] : []), shown].join('+')
}

/** The keys in the form of aria-keyshortcuts. */
export function ariaKeys(keys: string, mac: boolean): string {
  const { mod, shift, name } = parseKeys(keys)
  return [...(mod ? [mac ? 'Meta' : 'Control'] : []), ...(shift ? ['Shift'] : []), name].join('+')
}

function parseKeys(keys: string): { mod: boolean; shift: boolean; name: string } {
  const parts = keys.split('+')
  return { mod: parts.includes('Mod'), shift: parts.includes('Shift'), name: parts.at(-1)! }
}

const isSign = (name: string): boolean => /^[^\w\s]$/.test(name)
const isLatin = (key: string): boolean => /^[a-z]$/i.test(key)

/** Does the element take what is typed? Then keys belong to it. */
export function takesTyping(element: Element | null): boolean {
  const field = element?.closest('input, textarea, select, [contenteditable=""], [contenteditable="true"]')
  if (!field) return false
  if (field.tagName !== 'INPUT') return true
  return !/^(button|checkbox|radio|range|color|file|submit|reset)$/.test((field as HTMLInputElement).type)
}

/** Does the element have a use of its own for this key: Space on a button, arrows and Home on a slider? */
export function usesKey(element: Element | null, key: string): boolean {
  if (!element) return false
  if (key === ' ' || key === 'Enter')
    return element.closest('button, a[href], summary, input, [role="button"], [role^="menuitem"]') !== null
  if (key === 'Home' || key === 'End')
    return element.closest('input, [role="slider"], [role="tab"], [role="radio"], [role="listbox"]') !== null
  return false
}
