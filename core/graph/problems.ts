import { isNamePattern } from '../data/pictureGroups/names'
import { splitSizes } from '../data/split'
import type { Edit } from '../document/edits'
import { edgeId, TRAINING_PARTS, type Document, type Edge, type Network } from '../document/schema'
import type { SourceDescription } from '../registry/define'
import { augmentations, layers, parts } from '../registry'
import { rangeProblem, type Config, type FieldValue, type Fields, type Part } from '../registry/fields'
import type { Problem } from '../result'
import { countText } from '../words'
import { leadsTo } from './order'
import type { Signal } from './signal'

/* What is wrong with a drawing, each with the mend where there is one. */

/**
 * What is wrong with numbers of these settings and of their parts; a setting of a part goes by its path
 * (kernelRegularizer.rate). `put` makes the edit that mends one setting.
 */
export function configProblems(
  fields: Fields,
  config: Config,
  nodeId: string | undefined,
  put: (name: string, value: FieldValue) => Edit
): Problem[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = config[name]!
    if (field.kind === 'part') {
      const { type, config: inner } = value as Part
      const found = configProblems(parts[field.registry][type]!.fields, inner, nodeId, (innerName, changed) =>
        put(name, { type, config: { ...inner, [innerName]: changed } })
      )
      return found.map((problem) => ({ ...problem, field: `${name}.${problem.field!}` }))
    }
    const problem = rangeProblem(name, field, value, {
      ...(nodeId === undefined ? {} : { nodeId }),
      useValue: (changed) => put(name, changed)
    })
    return problem ? [problem] : []
  })
}

/** An input with nothing on it. Offers the nearest node to its left that has an output of the right kind. */
export function unconnected(network: Network, nodeId: string, port: string): Problem {
  const node = network.nodes[nodeId]!
  const definition = layers[node.type]!.inputs.find((p) => p.id === port)!
  const candidates = Object.entries(network.nodes)
    .filter(([id]) => id !== nodeId && !leadsTo(network, nodeId, id))
    .flatMap(([id, n]) => {
      const out = layers[n.type]!.outputs.find((p) => p.carries === definition.carries)
      return out ? [{ id, port: out.id, node: n, distance: node.position.x - n.position.x }] : []
    })
    .sort((a, b) => rank(a.distance) - rank(b.distance))
  const best = candidates[0]
  const what = definition.carries === 'target' ? 'the true answers' : 'anything'
  return {
    code: 'not-connected',
    nodeId,
    field: port,
    message: `Does not get ${what} yet.`,
    detail: 'Drag a line from the port of another node to this one.',
    ...(best
      ? {
          fix: {
            label: `Connect ${best.node.name ?? layers[best.node.type]!.title}`,
            edit: {
              kind: 'connect',
              edge: { from: { node: best.id, port: best.port }, to: { node: nodeId, port } }
            }
          }
        }
      : {})
  }
}

/** Nodes to the left come first, the nearest before the others. */
const rank = (distance: number): number => (distance > 0 ? distance : 1e6 - distance)

/** An input with the wrong kind of signal on it. */
export function wrongKind(nodeId: string, edge: Edge, carries: Signal['kind']): Problem {
  const wants = carries === 'target' ? 'the true answers' : 'numbers'
  return {
    code: 'wrong-kind',
    nodeId,
    field: edge.to.port,
    message: `Needs ${wants} here, gets ${carries === 'target' ? 'numbers' : 'the true answers'}.`,
    fix: { label: 'Remove this line', edit: { kind: 'remove', nodes: [], edges: [edgeId(edge)] } }
  }
}

/** What is wrong with the split and the training plan. */
export function planProblems(document: Document, data: SourceDescription | undefined): Problem[] {
  const problems = TRAINING_PARTS.flatMap((kind) => {
    const part = document.training[kind]
    return configProblems(parts[kind][part.type]!.fields, part.config, undefined, (name, value) => ({
      kind: 'setTraining',
      change: { [kind]: { ...part, config: { ...part.config, [name]: value } } }
    }))
  })
  problems.push(...augmentationProblems(document.data))
  if (!data || data.rows === 0) return problems
  const { train, test, fits } = splitSizes(document.data.split, data.rows)
  if (!fits)
    problems.push({
      code: 'split',
      field: 'data.split',
      message: `Asks for ${countText(train)} rows to train and ${countText(test)} to test, but there are ${countText(data.rows)}.`,
      fix: {
        label: 'Train on half',
        edit: { kind: 'setData', change: { split: { ...document.data.split, train: 0.5, test: 0 } } }
      }
    })
  const { group } = document.data.split
  if (group !== undefined && !data.columns?.includes(group) && !(data.named && isNamePattern(group)))
    problems.push({
      code: 'group',
      field: 'data.split.group',
      message: data.named
        ? `Pictures are kept together by ${group}, which their names do not have.`
        : `Rows are kept together by ${group}, which is no column of this data.`,
      fix: {
        label: 'Split row by row',
        edit: { kind: 'setData', change: { split: withoutGroup(document.data.split) } }
      }
    })
  return problems
}

function augmentationProblems({ augmentation }: Document['data']): Problem[] {
  return (augmentation?.steps ?? []).flatMap((step, i) =>
    configProblems(augmentations[step.type]!.fields, step.config, undefined, (name, value) => {
      const steps = augmentation!.steps.with(i, { ...step, config: { ...step.config, [name]: value } })
      return { kind: 'setData', change: { augmentation: { ...augmentation!, steps } } }
    })
  )
}

function withoutGroup({ group: _, ...split }: Document['data']['split']): Document['data']['split'] {
  return split
}
