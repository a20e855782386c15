import type { PictureFolder, ReadFolder, ReadingProgress } from '@core/data/pictureFolder'
import type { PictureSettings } from '@core/data/pictureSettings'
import type { Document } from '@core/document/schema'
import { sources } from '@core/registry'
import type { Problem, Result } from '@core/result'
import { listen, request } from './bridge'

/** A folder of pictures, and the size that a document wants them at. */
interface Wanted {
  readonly folder: PictureFolder
  readonly settings: PictureSettings
}

/** How long the settings rest before pictures are read again, in ms. */
const REST = 400

/** The folder of pictures that a document refers to; undefined where it refers to none, or its size is out of range. */
export function wantedOf({ data: { source } }: Document): Wanted | undefined {
  const settings = sources[source.type]!.pictures?.(source.config as never)
  const folder = source.config['folder'] as PictureFolder | '' | undefined
  return settings && folder ? { folder, settings } : undefined
}

const idOf = ({ folder, settings }: Wanted): string => `${folder.key} ${JSON.stringify(settings)}`

/** The pictures of the project's folder: whether they are read at the size that is asked for, and how far that is. */
export class PicturesState {
  /** Reading goes on. */
  progress = $state.raw<ReadingProgress>()
  /** Why the last reading failed. */
  failed = $state.raw<Problem>()
  /** `idOf` of what is known to be there. */
  private ready = $state<string>()

  /** Call once, in an effect root; returns the way to stop. */
  connect(document: () => Document, changed: (read: ReadFolder) => void): () => void {
    const stop = listen('pictures:progress', (progress) => {
      if (this.progress) this.progress = progress
    })
    const wanted = $derived(wantedOf(document()))
    const id = $derived(wanted && idOf(wanted))
    $effect(() => {
      if (!wanted || id === this.ready) return
      const timer = setTimeout(() => void this.again(wanted, changed), REST)
      return () => clearTimeout(timer)
    })
    return stop
  }

  /** What keeps the pictures of this document from being trained on. */
  problemOf(document: Document): Problem | undefined {
    const wanted = wantedOf(document)
    if (!wanted || idOf(wanted) === this.ready) return undefined
    const { failed } = this
    return {
      code: 'pictures',
      message: failed ? failed.message : `The pictures of ${wanted.folder.name} are being read.`,
      ...(failed?.detail === undefined ? {} : { detail: failed.detail })
    }
  }

  /** Asks for a folder and reads it; undefined where the person gives it up, or it failed. */
  choose(settings: PictureSettings | null): Promise<ReadFolder | undefined> {
    return this.run(request('pictures:choose', settings))
  }

  /** Reads the folder that was just dropped onto the window. */
  takeDropped(settings: PictureSettings | null): Promise<ReadFolder | undefined> {
    return this.run(request('pictures:dropped', settings))
  }

  stop(): void {
    void request('pictures:stop')
  }

  private async again(wanted: Wanted, changed: (read: ReadFolder) => void): Promise<void> {
    const id = idOf(wanted)
    this.progress = undefined
    const late = setTimeout(() => (this.progress ??= { step: 'looking', done: 0, total: 0 }), REST)
    const result = await request('pictures:again', wanted.folder.key, wanted.settings)
    clearTimeout(late)
    this.progress = undefined
    if (!result.ok) {
      this.failed = result.problems[0]!
      return
    }
    this.failed = undefined
    if (result.value && result.value.folder.key !== wanted.folder.key) {
      this.ready = idOf(result.value)
      changed(result.value)
    } else this.ready = id
  }

  private async run(reading: Promise<Result<ReadFolder | null>>): Promise<ReadFolder | undefined> {
    this.progress = { step: 'looking', done: 0, total: 0 }
    const result = await reading
    this.progress = undefined
    this.failed = result.ok ? undefined : result.problems[0]
    if (!result.ok || !result.value) return undefined
    this.ready = idOf(result.value)
    return result.value
  }
}
