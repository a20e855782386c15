import { sources } from '@core/registry'
import type { SourceDefinition } from '@core/registry/define'
import { defaultsOf } from '@core/registry/fields'
import { nounOf } from '@core/data/noun'
import { capital } from '../shared/examples'

/** Kinds of data whose examples are called alike. */
export interface SourceGroup {
  readonly title: string
  readonly sources: readonly SourceDefinition[]
}

/** What the examples of a source are called as it is at first. A table that is not chosen yet has rows, a text sequences, a folder of pictures has pictures. */
function titleOf({ describe, fields, pictures, reads }: SourceDefinition): string {
  if (pictures) return 'Pictures'
  if (reads === 'text') return 'Sequences'
  const described = describe(defaultsOf(fields), {})
  return capital(nounOf('code' in described ? undefined : described))
}

/** All kinds of data, in the order of the registry, grouped by what their examples are. */
export const sourceGroups: readonly SourceGroup[] = ['Points', 'Rows', 'Pictures', 'Sequences'].map(
  (title) => ({
    title: title === 'Rows' ? 'Tables' : title,
    sources: Object.values(sources).filter((source) => titleOf(source) === title)
  })
)
