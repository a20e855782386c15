/** Puts the cursor into a field that has just appeared, with all its text selected. */
export function focusAndSelect(input: HTMLInputElement): void {
  input.focus()
  input.select()
}
