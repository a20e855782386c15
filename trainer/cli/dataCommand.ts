import { basename } from 'node:path'
import type { Document } from '@core/document/schema'
import { sources } from '@core/registry'
import { countText } from '@core/words'
import { library, type LibrarySet } from '../data/library'
import { isTableName } from '../data/readFile'
import { importSet } from '../data/library/fetch'
import { fetchNamed, megabytes } from './fetching'
import type { Options } from './options'
import { importNamed } from './project'
import { badInput, BadInput, table } from './words'

/** `netloom data …`: the data sets of the library. */
export async function data({ words, json }: Options): Promise<number> {
  const [action = 'list', name, ...paths] = words
  const more = action === 'list' ? words.slice(1) : action === 'import' ? [] : paths
  if (more.length > 0) throw new BadInput(`There is no place for “${more.join(' ')}”.`)
  switch (action) {
    case 'list':
      list(json)
      return 0
    case 'info':
      info(name, json)
      return 0
    case 'get':
      return get(name)
    case 'import':
      return name !== undefined && paths.length === 0 && isTableName(name)
        ? takeFile(name, json)
        : adopt(name, paths)
    default:
      throw new BadInput(`There is no data ${action}. There are data list, info, get and import.`)
  }
}

/** Fetches what a document needs from the library and says so on stderr. Throws BadInput where it cannot be had. */
export async function requireLibrary({ data: { source } }: Document): Promise<void> {
  const fetched = await fetchNamed(sources[source.type]!.library ?? [])
  if (!fetched.ok) throw badInput(fetched.problems)
}

function list(json: boolean): void {
  const sets = Object.entries(library)
  if (json) for (const [name, set] of sets) process.stdout.write(`${JSON.stringify(facts(name, set))}\n`)
  else
    process.stdout.write(
      `${table([
        ['Name', 'Data set', 'Examples', 'On this computer'],
        ...sets.map(([name, set]) => [name, set.title, set.rows, set.place() === undefined ? 'no' : 'yes'])
      ])}\n`
    )
}

function info(name: string | undefined, json: boolean): void {
  const [known, set] = named(name)
  const place = set.place()
  const text = [
    set.title,
    set.summary,
    `Made by: ${set.origin}`,
    `Terms: ${set.licence}`,
    place === undefined
      ? `Not on this computer yet: netloom data get ${known}, about ${megabytes(set)} MB.`
      : `On this computer: ${place}`
  ].join('\n')
  process.stdout.write(`${json ? JSON.stringify(facts(known, set)) : text}\n`)
}

function facts(name: string, { title, summary, origin, licence, rows, shape, place }: LibrarySet): object {
  return { event: 'data', name, title, summary, origin, licence, rows, shape, place: place() ?? null }
}

async function get(name: string | undefined): Promise<number> {
  const [known, set] = named(name)
  const fetched = await fetchNamed([known])
  if (!fetched.ok) throw badInput(fetched.problems)
  process.stdout.write(`${set.title}: on this computer.\n`)
  return 0
}

async function adopt(name: string | undefined, paths: readonly string[]): Promise<number> {
  const [known, set] = named(name)
  if (paths.length === 0 && set.ways)
    throw new BadInput(`Which file? Name it: netloom data import ${known} FILE. It takes ${set.ways.takes}.`)
  const adopted = await importSet(set, paths)
  if (!adopted.ok) throw badInput(adopted.problems)
  process.stdout.write(`${set.title}: on this computer.\n`)
  return 0
}

/** Reads a table or a text and says what is in it. */
async function takeFile(path: string, json: boolean): Promise<number> {
  const file = await importNamed(path)
  const { sha256 } = file
  if ('text' in file) {
    const { characters, words, lines, distinct } = file.text
    process.stdout.write(
      json
        ? `${JSON.stringify({ event: 'text', path, sha256, ...file.text })}\n`
        : `${basename(path)}: a text of ${countText(characters)} characters (${countText(distinct)} different ones), ${countText(words)} words, ${countText(lines)} lines\n`
    )
    return 0
  }
  const { table: found } = file
  if (json) process.stdout.write(`${JSON.stringify({ event: 'table', path, sha256, ...found })}\n`)
  else
    process.stdout.write(
      `${basename(path)}: ${found.rows.toLocaleString('en-US')} rows\n\n${table([
        ['Column', 'Holds', 'Missing', 'Different', 'Such as'],
        ...found.columns.map(({ name, kind, missing, odd, distinct, examples }) => [
          name,
          kind,
          missing + (odd?.count ?? 0),
          distinct,
          examples.slice(0, 3).join(', ')
        ])
      ])}\n`
    )
  for (const warning of found.warnings) console.error(warning)
  return 0
}

function named(name: string | undefined): readonly [string, LibrarySet] {
  const names = Object.keys(library).join(', ')
  if (name === undefined) throw new BadInput(`Which data set? There are ${names}.`)
  const set = Object.hasOwn(library, name) ? library[name] : undefined
  if (!set) throw new BadInput(`There is no data set ${name}. There are ${names}.`)
  return [name, set]
}
