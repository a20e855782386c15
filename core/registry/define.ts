import type { ActivationDefinition } from './contracts/activation'
import type { AugmentationDefinition } from './contracts/augmentation'
import type { LayerDefinition } from './contracts/layer'
import type { LossDefinition } from './contracts/loss'
import type { EncodingDefinition, FillDefinition, TokenizationDefinition } from './contracts/preparation'
import type { SchemeDefinition } from './contracts/scheme'
import type { SourceDefinition } from './contracts/source'
import type { ClippingDefinition, OptimizerDefinition, ScheduleDefinition } from './contracts/update'
import type { ConstraintDefinition, InitializerDefinition, RegularizerDefinition } from './contracts/weights'
import type { Config, ConfigOf, Field, Fields, Part } from './fields'

/* What a registry object is made with. Each kind's contract has a file of its own in contracts/. */

export * from './contracts/activation'
export * from './contracts/augmentation'
export * from './contracts/keras'
export * from './contracts/layer'
export * from './contracts/loss'
export * from './contracts/metric'
export * from './contracts/ops'
export * from './contracts/preparation'
export * from './contracts/scheme'
export * from './contracts/source'
export * from './contracts/update'
export * from './contracts/weights'

/** These give a registry object its types: the settings follow from the fields. */
export function defineLayer<const Fs extends Fields>(d: LayerDefinition<Fs>): LayerDefinition {
  return d as unknown as LayerDefinition
}
export function defineActivation<const Fs extends Fields>(d: ActivationDefinition<Fs>): ActivationDefinition {
  return d as unknown as ActivationDefinition
}
export function defineInitializer<const Fs extends Fields>(
  d: InitializerDefinition<Fs>
): InitializerDefinition {
  return d as unknown as InitializerDefinition
}
export function defineLoss<const Fs extends Fields>(d: LossDefinition<Fs>): LossDefinition {
  return d as unknown as LossDefinition
}
export function defineOptimizer<const Fs extends Fields>(d: OptimizerDefinition<Fs>): OptimizerDefinition {
  return d as unknown as OptimizerDefinition
}
export function defineRegularizer<const Fs extends Fields>(
  d: RegularizerDefinition<Fs>
): RegularizerDefinition {
  return d as unknown as RegularizerDefinition
}
export function defineConstraint<const Fs extends Fields>(d: ConstraintDefinition<Fs>): ConstraintDefinition {
  return d as unknown as ConstraintDefinition
}
export function defineSchedule<const Fs extends Fields>(d: ScheduleDefinition<Fs>): ScheduleDefinition {
  return d as unknown as ScheduleDefinition
}
export function defineScheme<const Fs extends Fields>(d: SchemeDefinition<Fs>): SchemeDefinition {
  return d as unknown as SchemeDefinition
}
export function defineClipping<const Fs extends Fields>(d: ClippingDefinition<Fs>): ClippingDefinition {
  return d as unknown as ClippingDefinition
}
export function defineAugmentation<const Fs extends Fields>(
  d: AugmentationDefinition<Fs>
): AugmentationDefinition {
  return d as unknown as AugmentationDefinition
}
export function defineFill(d: FillDefinition): FillDefinition {
  return d
}
export function defineEncoding(d: EncodingDefinition): EncodingDefinition {
  return d
}
export function defineTokenization(d: TokenizationDefinition): TokenizationDefinition {
  return d
}
export function defineSource<const Fs extends Fields>(d: SourceDefinition<Fs>): SourceDefinition {
  return d as unknown as SourceDefinition
}

/** A part at its defaults, for use as a field's default. */
export function part(type: string, config: Config = {}): Part {
  return { type, config }
}
export type { Config, ConfigOf, Field, Fields, Part }
