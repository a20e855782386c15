import { z } from 'zod'
import { readingProgressSchema } from '../data/pictureFolder'
import { EXPORT_STEPS } from '../export/preview'
import { fetchProgressSchema } from './dataProcess'
import { fromRaceSchema } from '../race/race'
import type { eventNames } from './names'
import { rerunProgressSchema } from './runsProcess'
import { trainerStateSchema } from './trainer'

/** Commands of the menu, which the keyboard shares. */
export const menuCommands = [
  'new',
  'open',
  'save',
  'saveAs',
  'export',
  'undo',
  'redo',
  'duplicate',
  'delete',
  'selectAll',
  'train',
  'stop',
  'startOver',
  'bringBack',
  'present',
  'fit',
  'tidy',
  'shortcuts',
  'about',
  'settings',
  'runs'
] as const
export type MenuCommand = (typeof menuCommands)[number]

/** Main → renderer. */
export const events = {
  'trainer:state': trainerStateSchema,
  'menu:command': z.enum(menuCommands),
  /** The window is to close: ask about unsaved changes, then request window:close. */
  'window:closing': z.null(),
  'window:theme': z.enum(['light', 'dark']),
  /** How far the import has come; null when it is over. */
  'data:progress': z
    .strictObject({ name: z.string(), done: z.number().min(0).max(1), rows: z.int().nonnegative() })
    .nullable(),
  /**
   * A file came from outside: a double-click on it, or the name of one on the command line. Ask about unsaved
   * changes, then request project:openOffered.
   */
  'project:offered': z.null(),
  'library:progress': fetchProgressSchema,
  'pictures:progress': readingProgressSchema,
  /** How far the export is that is being made. */
  'export:step': z.enum(EXPORT_STEPS),
  /** Runs cannot be kept, and why. */
  'runs:notKept': z.string(),
  'runs:repeating': rerunProgressSchema,
  'race:news': fromRaceSchema
} as const satisfies { readonly [N in (typeof eventNames)[number]]: unknown }
export type Events = { readonly [N in keyof typeof events]: z.infer<(typeof events)[N]> }
export type EventName = keyof Events
