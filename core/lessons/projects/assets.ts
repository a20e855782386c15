import type { Document } from '../../document/schema'
import type { LessonProject } from './define'

/** A lesson as the list beside the projects has it. */
export interface LessonEntry extends Omit<LessonProject, 'document' | 'variants'> {
  /** File names of its projects: its own, and those it is compared with by their names. */
  readonly project: string
  readonly variants: { readonly [name: string]: string }
}

/** What assets/lessons holds: each lesson's projects as a plain document.json, and a list of all in index.json. */
export function lessonAssets(projects: readonly LessonProject[]): { readonly [file: string]: string } {
  const documents: Record<string, Document> = {}
  const entries = projects.map(({ document, variants = {}, ...rest }): LessonEntry => {
    const project = `${rest.id}.json`
    documents[project] = document
    const files = Object.entries(variants).map(([name, variant]): [string, string] => {
      const file = `${rest.id}.${name}.json`
      documents[file] = variant
      return [name, file]
    })
    return { ...rest, project, variants: Object.fromEntries(files) }
  })
  const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
  return Object.fromEntries([
    ...Object.entries(documents).map(([file, document]) => [file, text(document)] as const),
    ['index.json', text(entries)] as const
  ])
}
