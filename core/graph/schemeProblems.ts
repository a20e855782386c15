import type { Document } from '../document/schema'
import { layers, schemes } from '../registry'
import type { SchemeDefinition, SourceDescription } from '../registry/define'
import { fullPart } from '../registry/complete'
import type { Problem } from '../result'
import { countText } from '../words'
import type { DerivedNode } from './derive'
import { sizeOf } from './signal'

/* Whether the networks that are drawn are those that the way of learning works with. */

/** The types of the nodes that a network begins and ends with. */
export interface Ends {
  readonly source: string
  readonly sink: string
}

/** The ends that the network at this place has to have. */
export function endsOf(document: Document, place: number): Ends {
  return schemes[document.training.scheme.type]!.networks[place] ?? { source: 'data', sink: 'output' }
}

/** The way of learning needs certain networks with certain ends, and some a certain layer. */
export function schemeProblems(
  document: Document,
  derived: { readonly [nodeId: string]: DerivedNode },
  data: SourceDescription | undefined
): Problem[] {
  const scheme = schemes[document.training.scheme.type]!
  if (document.networks.length !== scheme.networks.length) return [wrongNumber(document, scheme)]
  return document.networks.flatMap((_, place) => [
    ...wrongEnds(document, place),
    ...machineProblems(document, place, scheme, derived, data)
  ])
}

function wrongNumber(document: Document, scheme: SchemeDefinition): Problem {
  const wanted = scheme.networks.length
  const there = document.networks.length
  const other = Object.values(schemes).find(
    ({ type, networks }) =>
      networks.length === there &&
      document.networks.every((_, place) => wrongEnds(withScheme(document, type), place).length === 0)
  )
  return {
    code: 'networks',
    field: 'training.scheme',
    message: `“${scheme.title}” needs ${countText(wanted)} ${wanted === 1 ? 'network' : 'networks'}, and there ${there === 1 ? 'is' : 'are'} ${there}.`,
    ...(other
      ? {
          fix: {
            label: `Learn by “${other.title}”`,
            edit: {
              kind: 'setTraining',
              change: { scheme: withScheme(document, other.type).training.scheme }
            }
          }
        }
      : {})
  }
}

const withScheme = (document: Document, type: string): Document => ({
  ...document,
  training: { ...document.training, scheme: fullPart('scheme', { type, config: {} }) }
})

function wrongEnds(document: Document, place: number): Problem[] {
  const { source, sink } = endsOf(document, place)
  return Object.entries(document.networks[place]!.nodes).flatMap(([nodeId, { type }]): Problem[] => {
    const { role, title } = layers[type]!
    const wanted = role === 'source' ? source : role === 'sink' ? sink : type
    if (type === wanted) return []
    return [
      {
        code: 'wrong-end',
        nodeId,
        message: `${title} does not belong here: this network ${role === 'source' ? 'begins' : 'ends'} with ${layers[wanted]!.title}.`,
        fix: { label: `Remove ${title}`, edit: { kind: 'remove', nodes: [nodeId], edges: [] } }
      }
    ]
  })
}

/** A scheme that works on one layer itself needs it, once, and with the examples as they are. */
function machineProblems(
  document: Document,
  place: number,
  scheme: SchemeDefinition,
  derived: { readonly [nodeId: string]: DerivedNode },
  data: SourceDescription | undefined
): Problem[] {
  const { machine } = scheme.networks[place]!
  if (machine === undefined) return []
  const { title } = layers[machine]!
  const nodes = Object.entries(document.networks[place]!.nodes)
  const [first, ...others] = nodes.filter(([, { type }]) => type === machine).map(([id]) => id)
  if (first === undefined)
    return [noMachine(nodes.find(([, { type }]) => layers[type]!.role === 'sink')?.[0], scheme, machine)]
  const input = derived[first]?.inputs['input']
  const gets = input?.kind === 'numbers' ? sizeOf(input.shape) : undefined
  const size = data && sizeOf(data.shape)
  return [
    ...others.map((nodeId): Problem => ({
      code: 'two-machines',
      nodeId,
      message: `There is a ${title} already, and “${scheme.title}” teaches one.`,
      fix: { label: 'Remove this one', edit: { kind: 'remove', nodes: [nodeId], edges: [] } }
    })),
    ...(gets === undefined || size === undefined || gets === size
      ? []
      : [
          {
            code: 'machine-input',
            nodeId: first,
            message: `Gets ${countText(gets)} numbers, but an example has ${countText(size)}.`,
            detail: `The ${title} learns the examples themselves, so it stands right behind the data.`
          }
        ])
  ]
}

function noMachine(sink: string | undefined, scheme: SchemeDefinition, machine: string): Problem {
  const { title } = layers[machine]!
  return {
    code: 'no-machine',
    message: `“${scheme.title}” teaches a ${title}, and there is none yet.`,
    ...(sink === undefined
      ? {}
      : {
          fix: {
            label: `Add a ${title}`,
            edit: { kind: 'insertBefore', nodeId: sink, port: 'prediction', type: machine }
          }
        })
  }
}
