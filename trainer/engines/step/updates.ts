import type { Phase, SchemeDefinition } from '@core/registry/define'
import type { NamedTensor } from '@core/run/checkpoint'
import { UPDATES } from '../engine'

/** How many updates each phase of a scheme has made: an optimizer counts its own. */
export class Updates {
  private readonly counts: Float32Array

  constructor(private readonly scheme: SchemeDefinition) {
    this.counts = new Float32Array(scheme.phases.length)
  }

  /** Counts one more and answers with its number, from 1. */
  next(phase: Phase): number {
    return ++this.counts[this.scheme.phases.indexOf(phase)]!
  }

  read(): NamedTensor {
    const { length } = this.counts
    return { name: UPDATES, shape: length === 1 ? [] : [length], values: this.counts.slice() }
  }

  /** Starts anew where the state does not say. */
  write(state: readonly NamedTensor[]): void {
    const found = state.find(({ name }) => name === UPDATES)
    this.counts.fill(0)
    if (found?.values.length === this.counts.length) this.counts.set(found.values)
  }
}
