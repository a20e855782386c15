import type { Dataset } from '@core/data/dataset'
import { answerOf } from '@core/data/preparation/preparation'

/** Numbers that are answers, in the units of the table's column: a network learns them on a scale of its own. */
export function inUnits(
  { prepared }: Pick<Dataset, 'prepared'>,
  answers: Float32Array
): Float32Array<ArrayBuffer> {
  return Float32Array.from(answers, (value) => (prepared ? answerOf(prepared.preparation, value) : value))
}
