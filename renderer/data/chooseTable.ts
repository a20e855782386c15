import type { AppState } from '../state/app.svelte'
import { request } from '../state/bridge'

/** Asks for a table and puts it into the project; its name, or undefined where the person chose none. */
export async function chooseTable(app: AppState): Promise<string | undefined> {
  const result = await request('data:choose')
  if (!result.ok) {
    app.tellProblem(result.problems[0]!)
    return undefined
  }
  if (!result.value) return undefined
  app.project.putFile(result.value.name, result.value.file)
  return result.value.name
}
