import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { sizeOf } from '@core/graph/signal'
import { channelsOf, type PictureSettings } from '@core/data/pictureSettings'
import type { PictureFolder, ReadFolder, ReadingProgress } from '@core/data/pictureFolder'
import { fail, ok, type Result } from '@core/result'
import { suggestSettings } from '@core/templates/pictureProject'
import { hintsOf } from './hints'
import { knownPack, PackWriter, writeListing, type Listing } from './pack'
import type { Readers } from './pool'
import type { PictureOutcome } from './readOne'
import { scanFolder, type FoundPicture, type Scan } from './scan'

interface ImportOptions {
  /** A size that suits the pictures where it is null. */
  readonly settings: PictureSettings | null
  readonly readers: Readers
  readonly tell: (progress: ReadingProgress) => void
  readonly signal: AbortSignal
}

/** Files that a thread is given at a time. */
const CHUNK = 32
/** Told about at most so often, in ms. */
const EVERY = 100

/**
 * Reads the pictures of a folder into the cache, at one size, and says what is in it. A folder that was read before and
 * has not changed since is there at once. Throws the signal's reason where it is aborted; nothing is kept then.
 */
export async function importFolder(
  folder: string,
  { settings: asked, readers, tell, signal }: ImportOptions
): Promise<Result<ReadFolder>> {
  const scanned = await scanFolder(
    folder,
    (found) => tell({ step: 'looking', done: found, total: found }),
    signal
  )
  if (!scanned.ok) return scanned
  const { pictures } = scanned.value
  const hints = asked ? null : ((await hintsOf(folder, pictures)) ?? null)
  const settings = asked ?? suggestSettings(hints, pictures.length)
  const stamp = stampOf(folder, scanned.value)
  const known = await knownPack(stamp, settings)
  const read = known
    ? ok(known)
    : await readAll(folder, scanned.value, stamp, settings, { readers, tell, signal })
  return read.ok ? ok({ folder: read.value, settings, hints }) : read
}

/** Changes whenever a file is added, removed, renamed or written. */
function stampOf(folder: string, { pictures }: Scan): string {
  const hash = createHash('sha256').update(folder)
  for (const { path, label, bytes, changed } of pictures)
    hash.update(`\n${path}\t${label}\t${bytes}\t${changed}`)
  return hash.digest('hex')
}

async function readAll(
  folder: string,
  scan: Scan,
  stamp: string,
  settings: PictureSettings,
  { readers, tell, signal }: Omit<ImportOptions, 'settings'>
): Promise<Result<PictureFolder>> {
  const { pictures } = scan
  const total = pictures.length
  const size = sizeOf([settings.height, settings.width, channelsOf(settings)])
  const pack = await PackWriter.open(size)
  const outcomes: { picture: FoundPicture; outcome: PictureOutcome }[] = []
  const chunks = Array.from({ length: Math.ceil(total / CHUNK) }, (_, i) =>
    pictures.slice(i * CHUNK, (i + 1) * CHUNK)
  )
  let told = 0
  let done = 0
  const say = (): void => {
    if (performance.now() - told < EVERY && done < total) return
    told = performance.now()
    tell({ step: 'reading', done, total })
  }
  try {
    // Twice as many chunks as threads are under way, and written in their order.
    const waiting: Promise<readonly PictureOutcome[]>[] = []
    const next = (): void => {
      const chunk = chunks[begun++]
      if (!chunk) return
      const reading = readers.read(folder, chunk, settings)
      // Whoever waits for it hears of a failure; after one, nobody waits for the others.
      reading.catch(() => undefined)
      waiting.push(reading)
    }
    let begun = 0
    for (let i = 0; i < 2 * readers.count; i++) next()
    for (const chunk of chunks) {
      const read = await waiting.shift()!
      next()
      signal.throwIfAborted()
      for (const [i, outcome] of read.entries()) {
        const picture = chunk[i]!
        if ('pixels' in outcome) await pack.add(outcome.pixels)
        outcomes.push({ picture, outcome: 'pixels' in outcome ? { ...outcome, pixels: nothing } : outcome })
      }
      done += chunk.length
      say()
    }
    const listing = listingOf(basename(folder), scan, outcomes)
    if (listing.files.length === 0)
      return fail({
        code: 'no-pictures',
        message: `None of the ${total} pictures in this folder can be read.`,
        detail: `${listing.broken[0]!.path} ${listing.broken[0]!.reason}.`
      })
    const known = await writeListing(stamp, listing)
    await pack.finish(known.key, settings)
    return ok(known)
  } finally {
    await pack.close()
  }
}

const nothing = new Uint8Array()

function listingOf(
  name: string,
  { layout, missing }: Scan,
  outcomes: readonly { readonly picture: FoundPicture; readonly outcome: PictureOutcome }[]
): Listing {
  const good = outcomes.flatMap(({ picture, outcome }) =>
    'pixels' in outcome ? [{ path: picture.path, label: picture.label, sha1: outcome.sha1 }] : []
  )
  const classes = [...new Set(good.map(({ label }) => label))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true })
  )
  const broken = outcomes.flatMap(({ picture: { path }, outcome }) =>
    'reason' in outcome
      ? [{ path, reason: outcome.reason, used: false }]
      : outcome.note === undefined
        ? []
        : [{ path, reason: outcome.note, used: true }]
  )
  const first = new Map<string, { readonly path: string; readonly label: string }>()
  const twins = good.flatMap(({ path, label, sha1 }) => {
    const before = first.get(sha1)
    if (!before) {
      first.set(sha1, { path, label })
      return []
    }
    return [{ path, of: before.path, otherClass: before.label !== label }]
  })
  return {
    ...{ name, layout, classes },
    files: good.map(({ path, label, sha1 }) => ({ path, klass: classes.indexOf(label), sha1 })),
    broken: [
      ...broken,
      ...missing.map((path) => ({ path, reason: 'is in the index, but not in the folder', used: false }))
    ],
    twins
  }
}
