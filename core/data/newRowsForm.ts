import type { Document } from '../document/schema'
import { sizeOf } from '../graph/signal'
import type { RowsForm } from '../ipc/newRows'
import { schemes, sources } from '../registry'
import type { Dataset } from './dataset'
import type { ProjectFiles } from './files'
import { plainPreparation } from './preparation/newRows'
import type { Preparation } from './preparation/preparation'
import { autoOptions } from './table/sniff'

/**
 * What a table or pictures must become to be answered by this document's network: rows of the same columns, prepared by
 * what was fitted in training, or pictures of the same size. Undefined where neither can be, and where a network does
 * not answer with one class or one number.
 */
export function formOf(
  { data: { source }, training }: Pick<Document, 'data' | 'training'>,
  files: ProjectFiles,
  {
    shape,
    features,
    classes,
    target,
    plane
  }: Pick<Dataset, 'shape' | 'features' | 'classes' | 'target'> & {
    readonly plane?: { readonly inputs: readonly string[] } | undefined
  },
  preparation: Preparation | undefined
): RowsForm | undefined {
  const one = target.classes === undefined ? sizeOf(target.shape) === 1 : target.shape.length === 0
  if (!schemes[training.scheme.type]!.compares || !one) return undefined
  const definition = sources[source.type]!
  if (shape.length === 1) {
    if (definition.reads === 'table' && !preparation) return undefined
    if (features.length !== shape[0]) return undefined
    const file = definition.reads === 'table' ? files[String(source.config['file'])] : undefined
    return {
      kind: 'table',
      preparation: preparation ?? plainPreparation(features, classes),
      // What was said about the table it was trained on holds for the next one, as a rule.
      read:
        file && 'table' in file
          ? { ...file.read, sheet: '', header: file.table.header ? 'yes' : 'no' }
          : { ...autoOptions, header: 'yes' },
      ...(plane
        ? { plane: [...plane.inputs] as NonNullable<Extract<RowsForm, { kind: 'table' }>['plane']> }
        : {})
    }
  }
  const [height, width, channels] = shape
  if (shape.length !== 3 || (channels !== 1 && channels !== 3)) return undefined
  return {
    kind: 'pictures',
    settings: definition.pictures?.(source.config as never) ?? {
      ...{ width: width!, height: height!, fit: 'pad' as const },
      colour: channels === 1 ? 'grey' : 'colour'
    },
    classes: [...classes],
    ink: definition.ink === true
  }
}
