import type { Document } from '@core/document/schema'
import { optimizers, regularizers } from '@core/registry'
import { settingKnob } from '@core/graph/forward'
import { configOf, type SystemPlan } from '@core/graph/plan'

/** A number that may change from one update to the next without the step being another. */
interface Knob {
  readonly name: string
  readonly value: (document: Document, update: number, rate: number) => number
}

/**
 * All numbers that a step takes besides weights and data: hot settings, strengths of penalties, the optimizer's
 * numbers. Which ones there are is part of the step's structure; a penalty that is switched off has none, so that it
 * costs nothing.
 */
export class Knobs {
  readonly names: readonly string[]
  /** Weights with a penalty, and which terms it has. */
  readonly penalties: readonly Penalty[]
  private readonly knobs: readonly Knob[]

  constructor(plan: SystemPlan, document: Document) {
    this.penalties = penaltiesOf(plan, document)
    this.knobs = [...settingKnobs(plan), ...this.penalties.flatMap(penaltyKnobs), ...optimizerKnobs(document)]
    this.names = this.knobs.map(({ name }) => name)
  }

  /** Has this revision the same knobs? */
  fits(plan: SystemPlan, document: Document): boolean {
    const terms = (list: readonly Penalty[]): string => list.map((p) => `${p.weight} ${p.l1} ${p.l2}`).join()
    return terms(penaltiesOf(plan, document)) === terms(this.penalties)
  }

  /** The values for an update; updates count from 1, `factor` is the schedule's. */
  values(document: Document, update: number, factor: number): Float32Array {
    const rate = (document.training.optimizer.config['learningRate'] as number) * factor
    return Float32Array.from(this.knobs, (knob) => knob.value(document, update, rate))
  }
}

/** A weight with a penalty: the terms that are not zero. */
export interface Penalty {
  readonly weight: string
  readonly nodeId: string
  readonly l1: boolean
  readonly l2: boolean
  readonly rates: (document: Document) => { readonly l1: number; readonly l2: number }
}

export const penaltyKnob = (weight: string, term: 'l1' | 'l2'): string => `${term} of ${weight}`
export const optimizerKnob = (name: string): string => `optimizer ${name}`

function settingKnobs(plan: SystemPlan): Knob[] {
  return plan.nodes.flatMap(({ id, layer }) =>
    Object.entries(layer.fields)
      .filter(([, field]) => field.hot && (field.kind === 'int' || field.kind === 'float'))
      .map(([field]) => ({
        name: settingKnob(id, field),
        value: (document: Document) => configOf(document, id)[field] as number
      }))
  )
}

function penaltiesOf(plan: SystemPlan, document: Document): Penalty[] {
  return plan.nodes.flatMap((node) =>
    (node.layer.weights?.(configOf(document, node.id), node.signals) ?? []).flatMap((spec, i): Penalty[] => {
      if (!spec.regularizer) return []
      // A regularizer is hot: its rates come from the newest revision, not from the plan.
      const rates = (newest: Document) => {
        const now = node.layer.weights!(configOf(newest, node.id), node.signals)[i]!.regularizer!
        return regularizers[now.type]!.rates(now.config)
      }
      const { l1, l2 } = rates(document)
      if (l1 === 0 && l2 === 0) return []
      return [{ weight: node.weights[i]!.name, nodeId: node.id, l1: l1 !== 0, l2: l2 !== 0, rates }]
    })
  )
}

function penaltyKnobs({ weight, l1, l2, rates }: Penalty): Knob[] {
  const knob = (term: 'l1' | 'l2'): Knob => ({
    name: penaltyKnob(weight, term),
    value: (document) => rates(document)[term]
  })
  return [...(l1 ? [knob('l1')] : []), ...(l2 ? [knob('l2')] : [])]
}

function optimizerKnobs(document: Document): Knob[] {
  const { type, config } = document.training.optimizer
  const names = Object.keys(optimizers[type]!.numbers(config, 1, 1))
  return names.map((name) => ({
    name: optimizerKnob(name),
    value: ({ training }, update, rate) =>
      optimizers[training.optimizer.type]!.numbers(training.optimizer.config, update, rate)[name]!
  }))
}
