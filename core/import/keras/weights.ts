import type { H5Dataset, H5Group } from '../../export/h5'
import type { WeightSpec } from '../../registry/define'
import type { GivenWeight, ModelFile } from '../model'
import type { GivenLayer } from './topology'

/**
 * The weights of a layer as the file has them, in the order of these ones; undefined where it has others. `place` says
 * where each lies within the layer, as the registry's `keras` has it.
 */
export function weightsOf(
  { dialect, weights }: Pick<ModelFile, 'dialect' | 'weights'>,
  layer: GivenLayer,
  specs: readonly WeightSpec[],
  place: (weight: string) => string
): readonly GivenWeight[] | undefined {
  if (Array.isArray(weights)) return inOrder(named(weights as readonly GivenWeight[], layer), specs)
  const group = weights as H5Group
  return dialect === 'keras3' ? inFolders(group, layer, specs, place) : inOrder(listed(group, layer), specs)
}

/** Keras 3 numbers the weights of each object of a layer. */
function inFolders(
  root: H5Group,
  { path }: GivenLayer,
  specs: readonly WeightSpec[],
  place: (weight: string) => string
): readonly GivenWeight[] | undefined {
  const counts = new Map<string, number>()
  const found = specs.map(({ name }) => {
    const steps = place(name).split('/').slice(0, -1)
    const within = steps.join('/')
    const at = counts.get(within) ?? 0
    counts.set(within, at + 1)
    return groupAt(root, [...path.split('/'), ...steps, 'vars'])?.datasets?.[String(at)]
  })
  return found.every((weight) => weight !== undefined) ? found : undefined
}

function groupAt(root: H5Group, steps: readonly string[]): H5Group | undefined {
  return steps.reduce<H5Group | undefined>((group, step) => group?.groups?.[step], root)
}

/** Keras 2 lists the weights of a layer by their paths. */
function listed(root: H5Group, { names }: GivenLayer): readonly GivenWeight[] {
  const group = root.groups?.[names[0]!]
  if (!group) return []
  const paths = longList(group, 'weight_names')
  // Of a model within the model those of all its layers are in one list.
  const inner = names.length > 1 ? names.at(-1)! : undefined
  return paths
    .filter((path) => inner === undefined || path.split('/').includes(inner))
    .flatMap((path) => {
      const steps = path.split('/')
      const found = groupAt(group, steps.slice(0, -1))?.datasets?.[steps.at(-1)!]
      return found ? [{ ...found, name: path }] : []
    })
}

/** A list of names, which is cut into name0, name1 … where it is long. */
function longList({ attributes = {} }: H5Group, name: string): readonly string[] {
  const whole = attributes[name]
  if (whole !== undefined) return typeof whole === 'string' ? [whole] : whole
  const pieces: string[] = []
  for (let i = 0; ; i++) {
    const piece = attributes[`${name}${i}`]
    if (piece === undefined) return pieces
    pieces.push(...(typeof piece === 'string' ? [piece] : piece))
  }
}

/** TensorFlow.js names weights by their layer, or by the layer within it. */
function named(all: readonly GivenWeight[], { names, settings }: GivenLayer): readonly GivenWeight[] {
  const name = names.at(-1)!
  const inner = (settings['layer'] as { readonly config?: { readonly name?: string } } | undefined)?.config
    ?.name
  const own = [name, ...(inner === undefined ? [] : [inner, `forward_${inner}`, `backward_${inner}`])]
  const of = (prefixes: readonly string[]): readonly GivenWeight[] =>
    all.filter((weight) =>
      weight
        .name!.split('/')
        .slice(0, -1)
        .some((step) => prefixes.includes(step))
    )
  const direct = of([name])
  return direct.length > 0 ? direct : of(own)
}

/** In the file's own order, where the shapes are those that are wanted. */
function inOrder(
  found: readonly GivenWeight[],
  specs: readonly WeightSpec[]
): readonly GivenWeight[] | undefined {
  // What only counts or draws random numbers is behind the weights.
  return found.length >= specs.length ? found.slice(0, specs.length) : undefined
}

/** A part of a file as a list of all its weights, for telling whether there are any. */
export function hasNumbers({ values }: H5Dataset): boolean {
  return values.every(Number.isFinite)
}
