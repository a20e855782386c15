import type { CodeLine, CodeProgram } from '@core/export/code/lines'
import { formats } from '@core/export/formats'
import type { ExportFormat } from '@core/export/format'
import { exportModel } from '@core/export/model'
import { networkOf, nodeOf } from '@core/document/schema'
import type { Problem, Result } from '@core/result'
import { dataNode } from '../shared/examples'
import type { AppState } from '../state/app.svelte'

/** A format that is a program. */
export type ProgramFormat = ExportFormat & { readonly program: NonNullable<ExportFormat['program']> }

/** The formats that are programs, in the order in which people see them. */
export const programs = Object.values(formats).filter(
  (format): format is ProgramFormat => format.program !== undefined
)

/** The program that stands beside the canvas: it follows from the document, the choice of a language and what is selected. */
export class CodeView {
  constructor(private readonly app: AppState) {}

  readonly format = $derived.by(
    (): ProgramFormat => programs.find(({ type }) => type === this.app.settings.program) ?? programs[0]!
  )
  /** The network of the selected node; else the one that learns from the data. */
  private readonly network = $derived.by(() => {
    const { document, selectedNode } = this.app.project
    return selectedNode === undefined ? undefined : networkOf(document, selectedNode)?.id
  })
  /** What keeps the network from being written down at all, whatever the language. */
  readonly waiting: readonly Problem[] = $derived.by(() => this.app.project.problems)
  /** The program, or what this language has nothing for; undefined while the network has problems. */
  readonly program: Result<CodeProgram> | undefined = $derived.by(() => {
    if (this.waiting.length > 0) return undefined
    const { document, files, derivation } = this.app.project
    const scale = derivation.data!.scale ?? 1
    const untrained = { weights: [], epoch: 0, preparation: undefined }
    return this.format.program.of(
      exportModel({ document, files, network: this.network, scale, ...untrained })
    )
  })
  readonly lines: readonly CodeLine[] = $derived(this.program?.ok ? this.program.value.lines : [])

  /** The node of the canvas that a line comes from. What brings bytes to scale is the data's. */
  nodeAt(line: CodeLine): string | undefined {
    const { document } = this.app.project
    if (line.nodeId === undefined) return undefined
    return nodeOf(document, line.nodeId) ? line.nodeId : dataNode(document)
  }

  choose(type: string): void {
    this.app.changeSettings({ program: type })
  }

  select(nodeId: string): void {
    this.app.project.select([nodeId])
    this.app.canvas?.reveal?.(nodeId)
  }
}
