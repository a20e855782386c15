import { z } from 'zod'
import type { ProjectFiles } from '../data/files'
import { documentSchema, type Document } from '../document/schema'
import type { Result } from '../result'
import { engineSchema, type EngineInfo } from '../run/events'
import { files } from './values'

export const startSchema = z.strictObject({
  document: documentSchema,
  files,
  /** A new start, on from where the network is, or on from the last checkpoint of a trainer that died. */
  from: z.enum(['scratch', 'current', 'checkpoint']),
  /** Run on, or stop again after one batch or one epoch. */
  until: z.enum(['end', 'batch', 'epoch'])
})
export type StartRequest = z.infer<typeof startSchema>

/** How the training process is. */
export const trainerStateSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('starting') }),
  z.strictObject({ status: z.literal('ready'), engine: engineSchema }),
  /** It ended without being asked to; another one is being started. `checkpoint` is the epoch that is safe. */
  z.strictObject({
    status: z.literal('died'),
    message: z.string(),
    training: z.boolean(),
    checkpoint: z.int().optional()
  })
])
export type TrainerState = z.infer<typeof trainerStateSchema>

/** Main → trainer, over the parent port. A port to the renderer comes along with `port`. */
export type MainToTrainer =
  | { readonly type: 'port' }
  | {
      readonly type: 'prepare'
      readonly id: number
      readonly document: Document
      readonly files: ProjectFiles
      /** Bytes of a checkpoint to continue from; null forgets the present one; undefined keeps what fits. */
      readonly checkpoint?: Uint8Array | null
    }
  | {
      readonly type: 'start'
      readonly id: number
      readonly request: StartRequest
      readonly checkpoint?: Uint8Array
    }
  /** Goes to this state, ending a run. */
  | {
      readonly type: 'recall'
      readonly id: number
      readonly document: Document
      readonly files: ProjectFiles
      readonly checkpoint: Uint8Array
    }
  /** Takes over what another network has learned, as far as its layers fit, ending a run. */
  | {
      readonly type: 'take'
      readonly id: number
      readonly document: Document
      readonly files: ProjectFiles
      readonly from: {
        readonly document: Document
        readonly files: ProjectFiles
        readonly checkpoint: Uint8Array
      }
    }
  /** The present state as checkpoint bytes, or that of the kept epoch that is nearest to this one. */
  | { readonly type: 'capture'; readonly id: number; readonly epoch?: number }
  | { readonly type: 'bye' }

/** Trainer → main, over the parent port. */
export type TrainerToMain =
  | { readonly type: 'ready'; readonly engine: EngineInfo }
  | { readonly type: 'reply'; readonly id: number; readonly result: Result<void> }
  | { readonly type: 'captured'; readonly id: number; readonly checkpoint: Uint8Array | undefined }
  | { readonly type: 'training'; readonly on: boolean; readonly epoch: number }
  /** Runs cannot be kept, and why. */
  | { readonly type: 'notKept'; readonly words: string }
  /** Written about once a second while training, so that a crash costs at most that. */
  | { readonly type: 'checkpoint'; readonly epoch: number; readonly checkpoint: Uint8Array }
  /** Written before what was trained is given up. */
  | {
      readonly type: 'givingUp'
      readonly epoch: number
      /** `structureKey` of its document. */
      readonly structure: string
      readonly checkpoint: Uint8Array
    }
  | { readonly type: 'bye' }
