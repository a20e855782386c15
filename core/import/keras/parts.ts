import { activations, constraints, initializers, regularizers } from '../../registry'
import { fullPart } from '../../registry/complete'
import { part, type GivenSettings, type GivenValue, type KerasDialect } from '../../registry/define'
import type { Fields, Part, PartKind } from '../../registry/fields'
import { objectOf, plainName } from './values'

/* Parts of a layer's settings, the other way round than core/export/keras: undefined where there is none of that kind. */

/** An activation by Keras' name, or as a layer that stands for one. */
export function readActivation(value: GivenValue | undefined, dialect: KerasDialect): Part | undefined {
  if (value === null || value === undefined) return fullPart('activation', part('linear'))
  const given = objectOf(value)
  if (!given) return undefined
  const { settings } = given
  if (plainName(given.class) === 'leakyrelu') {
    const negativeSlope = Number(settings['negative_slope'] ?? settings['alpha'] ?? 0.2)
    return fullPart('activation', part('leakyRelu', { negativeSlope }))
  }
  const found = Object.values(activations).find(({ keras, fields }) => {
    const name = keras?.(fullPart('activation', part('linear')).config, dialect)
    return Object.keys(fields).length === 0 && name === given.class.toLowerCase()
  })
  return found && fullPart('activation', part(found.type))
}

/** Rules for starting weights matter only where training starts over. */
export function readInitializer(value: GivenValue | undefined, dialect: KerasDialect): Part | undefined {
  const given = objectOf(value)
  if (!given) return undefined
  const scaled = plainName(given.class) === 'variancescaling' ? variance(given.settings) : undefined
  const name = scaled ?? plainName(given.class)
  const found = Object.values(initializers).find(
    ({ type, keras, fields }) =>
      plainName(type) === name || plainName(keras(fullDefaults(fields), dialect).class) === name
  )
  return found && fullPart('initializer', { type: found.type, config: named(found, given.settings) })
}

/** Keras' VarianceScaling by the name that its kinds have. */
function variance({ scale, mode, distribution }: GivenSettings): string | undefined {
  const way = plainName(String(mode))
  const shape = plainName(String(distribution))
  if (shape === 'untruncatednormal' && scale === 1 && way === 'fanin') return 'faninnormal'
  const tail = shape === 'uniform' ? 'uniform' : 'normal'
  const head =
    way === 'fanavg'
      ? 'glorot'
      : way !== 'fanin'
        ? undefined
        : scale === 2
          ? 'he'
          : scale === 1
            ? 'lecun'
            : undefined
  return head && `${head}${tail}`
}

/** A penalty by its two rates. */
export function readRegularizer(value: GivenValue | undefined): Part | undefined {
  if (value === null || value === undefined) return fullPart('regularizer', part('none'))
  const given = objectOf(value)
  if (!given || !/^l1(l2)?$|^l2$/.test(plainName(given.class))) return undefined
  const rate = (name: 'l1' | 'l2'): number =>
    Number(given.settings[name] ?? (plainName(given.class).includes(name) ? 0.01 : 0))
  const [l1, l2] = [rate('l1'), rate('l2')]
  const found =
    l1 === 0 && l2 === 0
      ? part('none')
      : l2 === 0
        ? part('l1', { rate: l1 })
        : l1 === 0
          ? part('l2', { rate: l2 })
          : part('l1l2', { l1, l2 })
  return regularizers[found.type] && fullPart('regularizer', found)
}

/** A rule that weights are held to. */
export function readConstraint(value: GivenValue | undefined): Part | undefined {
  if (value === null || value === undefined) return fullPart('constraint', part('none'))
  const given = objectOf(value)
  const found =
    given &&
    Object.values(constraints).find(
      ({ type }) => plainName(type) === plainName(given.class).replace(/s$/, '')
    )
  return found && fullPart('constraint', { type: found.type, config: named(found, given.settings) })
}

/** A part of any kind that layers have. */
export function readPart(
  kind: PartKind,
  value: GivenValue | undefined,
  dialect: KerasDialect
): Part | undefined {
  switch (kind) {
    case 'activation':
      return readActivation(value, dialect)
    case 'initializer':
      return readInitializer(value, dialect)
    case 'regularizer':
      return readRegularizer(value)
    case 'constraint':
      return readConstraint(value)
    default:
      return undefined
  }
}

const fullDefaults = (fields: Fields): Part['config'] =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default]))

/** Numbers of a part, by the names that they have in Keras. */
function named(
  {
    fields,
    fromKeras
  }: { readonly fields: Fields; readonly fromKeras?: { readonly [field: string]: string | undefined } },
  settings: GivenSettings
): Part['config'] {
  return Object.fromEntries(
    Object.keys(fields).flatMap((name) => {
      const value = settings[fromKeras?.[name] ?? name]
      return typeof value === 'number' ? [[name, value]] : []
    })
  )
}
