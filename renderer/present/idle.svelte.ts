/** How long the controls stay after the last movement, in ms. */
const AFTER = 3000

/**
 * True while the controls are wanted: the pointer moved or a key was pressed in the last three seconds, or one of them
 * has the focus or is open. With reduced motion they stay for good. Call while a component is set up.
 */
export function wanted(inUse: () => boolean): { readonly current: boolean } {
  let recent = $state(true)
  let timer: ReturnType<typeof setTimeout> | undefined
  const still = window.matchMedia('(prefers-reduced-motion: reduce)')
  let stays = $state(still.matches)

  $effect(() => {
    const wake = (): void => {
      recent = true
      clearTimeout(timer)
      timer = setTimeout(() => (recent = false), AFTER)
    }
    const changed = (): void => void (stays = still.matches)
    wake()
    const kinds = ['pointermove', 'pointerdown', 'keydown', 'focusin', 'wheel'] as const
    for (const kind of kinds) window.addEventListener(kind, wake, { passive: true })
    still.addEventListener('change', changed)
    return () => {
      clearTimeout(timer)
      for (const kind of kinds) window.removeEventListener(kind, wake)
      still.removeEventListener('change', changed)
    }
  })
  return {
    get current() {
      return recent || stays || inUse()
    }
  }
}
