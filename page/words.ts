import type { Ask } from '@core/export/page/ask'

export interface AskWords {
  readonly title: string
  readonly hint: string
}

/** What a person is asked to do. */
export function wordsFor(ask: Ask): AskWords {
  switch (ask.kind) {
    case 'point':
      return {
        title: 'Move the point',
        hint: 'Drag it, or press the arrow keys. The colours are what the network says everywhere.'
      }
    case 'row':
      return { title: 'Fill in a row', hint: 'These are usual values. Change one and see what it does.' }
    case 'numbers':
      return { title: 'Type numbers', hint: 'Change one and see what it does.' }
    case 'sequence':
      return ask.width === 1
        ? { title: 'Draw a curve', hint: 'Drag across it, from left to right.' }
        : { title: 'Type a sequence', hint: 'Numbers with anything between them, one step after the other.' }
    case 'picture':
      return ask.ink
        ? { title: 'Draw one', hint: 'With a finger, a pen or the mouse.' }
        : { title: 'Choose a picture', hint: 'Take a photo, choose a file, or drop one here.' }
    case 'text':
      return { title: 'Begin a text', hint: 'The network says which character comes next.' }
  }
}
