import type { KerasConfig, KerasObject } from './define'

/** A schedule of keras.optimizers.schedules. */
export function kerasSchedule(name: string, config: KerasConfig): KerasObject {
  return { module: 'optimizers.schedules', class: name, config }
}
