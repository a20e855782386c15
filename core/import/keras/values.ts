import type { GivenSettings, GivenValue } from '../../registry/define'

/* Looking at JSON that somebody else wrote. */

/** Is it an object with settings? */
export function isSettings(value: GivenValue | undefined): value is GivenSettings {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The settings under a name; none where there are none. */
export function settingsAt(of: GivenSettings, name: string): GivenSettings {
  const found = of[name]
  return isSettings(found) ? found : {}
}

/** The list under a name; an empty one where there is none. */
export function listAt(of: GivenSettings, name: string): readonly GivenValue[] {
  const found = of[name]
  return Array.isArray(found) ? (found as readonly GivenValue[]) : []
}

/** An object of Keras: {class_name, config}, or its name alone. */
export function objectOf(
  value: GivenValue | undefined
): { readonly class: string; readonly settings: GivenSettings } | undefined {
  if (typeof value === 'string') return { class: value, settings: {} }
  if (!isSettings(value)) return undefined
  const { class_name: kind, config } = value
  // Keras 3 writes a function as {class_name: "function", config: "relu"}.
  if (kind === 'function' && typeof config === 'string') return { class: config, settings: {} }
  return typeof kind === 'string' ? { class: kind, settings: isSettings(config) ? config : {} } : undefined
}

/** "glorot_uniform" and "GlorotUniform" are one name. */
export const plainName = (name: string): string => name.replaceAll('_', '').toLowerCase()
