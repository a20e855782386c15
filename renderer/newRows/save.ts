import type { NewAnswers } from '@core/answers/newAnswers'
import { exportFile } from '../shared/exportFile'
import type { AppState } from '../state/app.svelte'

/** Spreadsheet programs take a file for UTF-8 where it begins with this. */
const MARK = '\ufeff'

/** Writes the answers as CSV where the person wants them; between pieces of a long file the window goes on. */
export async function saveAnswers(app: AppState, answers: NewAnswers, name: string): Promise<void> {
  const encoder = new TextEncoder()
  const pieces = [encoder.encode(MARK)]
  for (const piece of answers.csv()) {
    pieces.push(encoder.encode(piece))
    await new Promise((resolve) => setTimeout(resolve))
  }
  const whole = new Uint8Array(await new Blob(pieces).arrayBuffer())
  await exportFile(app, `${name.replace(/\.[^.]+$/, '')} answers`, 'csv', whole)
}
