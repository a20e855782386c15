import type { PictureSplit, SplitSettings } from '@core/data/pictureGroups/preview'
import { request } from './bridge'
import { wantedOf } from './pictures.svelte'
import type { ProjectState } from './project.svelte'

/** How long the settings rest before it is asked for again, in ms. */
const REST = 120

/** How the pictures of the project's folder come out of the split: only the data process knows their names. */
export class PictureSplitState {
  private known = $state.raw<{ readonly id: string; readonly split: PictureSplit }>()
  private readonly asked = $derived.by((): { folder: string; settings: SplitSettings } | undefined => {
    const { split, seed, corrections } = this.project.document.data
    const wanted = wantedOf(this.project.document)
    return (
      wanted && {
        folder: wanted.folder.key,
        settings: { split, seed, ...(corrections ? { corrections } : {}) }
      }
    )
  })
  private readonly id = $derived(JSON.stringify(this.asked))
  /** As the settings are now; undefined until it is known, and where the data is no folder. */
  readonly now = $derived(this.asked && this.known?.id === this.id ? this.known.split : undefined)
  /** The newest that is known of this folder, so that nothing flickers while the settings are changed. */
  readonly last = $derived(this.asked ? this.known?.split : undefined)

  constructor(private readonly project: ProjectState) {}

  /** Call once, in an effect root; returns the way to stop. */
  connect(): () => void {
    $effect(() => {
      const { asked, id } = this
      if (!asked || id === this.known?.id) return
      const timer = setTimeout(() => void this.ask(asked, id), REST)
      return () => clearTimeout(timer)
    })
    return () => undefined
  }

  private async ask({ folder, settings }: NonNullable<typeof this.asked>, id: string): Promise<void> {
    const result = await request('pictures:split', folder, settings)
    // Where the pictures are not there, it is said with their folder.
    if (result.ok && id === this.id) this.known = { id, split: result.value }
  }
}
