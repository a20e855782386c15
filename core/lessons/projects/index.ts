import { adaline } from './adaline'
import { admissions } from './admissions'
import { autoencoderDigits } from './autoencoderDigits'
import { binaryAddition } from './binaryAddition'
import { cifarCnn4 } from './cifarCnn4'
import { cifarCnn6 } from './cifarCnn6'
import { cifarGrid } from './cifarGrid'
import { cifarLeaky } from './cifarLeaky'
import type { LessonProject } from './define'
import { gan2d } from './gan2d'
import { ganDigits } from './ganDigits'
import { imageFolderMlp } from './imageFolderMlp'
import { lstmMemory } from './lstmMemory'
import { mlpSgdMomentum } from './mlpSgdMomentum'
import { mnistCnn } from './mnistCnn'
import { mnistMlpSgd } from './mnistMlpSgd'
import { mnistQuickstart } from './mnistQuickstart'
import { mnistSoftmax } from './mnistSoftmax'
import { moonsLogistic } from './moonsLogistic'
import { moonsSweep } from './moonsSweep'
import { moonsTanh3 } from './moonsTanh3'
import { overfitLive } from './overfitLive'
import { perceptron } from './perceptron'
import { playground } from './playground'
import { rbmDigits } from './rbmDigits'
import { rnnManyToMany, rnnManyToOne, rnnOneToMany } from './rnnShapes'
import { symbolicProbe } from './symbolicProbe'

/** Every lesson's project, in the order in which to take them. */
export const lessonProjects: readonly LessonProject[] = [
  moonsLogistic,
  moonsTanh3,
  moonsSweep,
  overfitLive,
  symbolicProbe,
  perceptron,
  adaline,
  mlpSgdMomentum,
  playground,
  gan2d,
  admissions,
  mnistSoftmax,
  mnistMlpSgd,
  mnistQuickstart,
  mnistCnn,
  autoencoderDigits,
  rbmDigits,
  ganDigits,
  cifarGrid,
  cifarCnn4,
  cifarCnn6,
  cifarLeaky,
  imageFolderMlp,
  binaryAddition,
  rnnOneToMany,
  rnnManyToOne,
  rnnManyToMany,
  lstmMemory
]

/** The lesson project of this id. */
export function lessonProjectOf(id: string): LessonProject | undefined {
  return lessonProjects.find((project) => project.id === id)
}
export { lessonAssets } from './assets'
export {
  TOPICS,
  type Claim,
  type LessonProject,
  type MeasureId,
  type Plan,
  type Runs,
  type Topic
} from './define'
