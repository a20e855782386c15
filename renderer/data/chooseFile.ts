import type { AppState } from '../state/app.svelte'
import { request } from '../state/bridge'

/** Asks for a table or a text and puts it into the project; its name, or undefined where the person chose none. */
export async function chooseFile(app: AppState, as: 'table' | 'text'): Promise<string | undefined> {
  const result = await request('data:choose', as)
  if (!result.ok) {
    app.tellProblem(result.problems[0]!)
    return undefined
  }
  if (!result.value) return undefined
  app.project.putFile(result.value.name, result.value.file)
  return result.value.name
}
