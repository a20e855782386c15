import type { z } from 'zod'
import { augmentations, layers } from '../registry'
import { completeConfig, completePart } from '../registry/complete'
import { fail, ok, type Problem, type Result } from '../result'
import { migrate } from './migrate'
import { DOCUMENT_VERSION, documentSchema, type Document, type Network, type TrainingPart } from './schema'

const broken = (field: string, message: string): Problem => ({ code: 'broken-document', field, message })

/** A document from JSON text. */
export function parseDocument(text: string): Result<Document> {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    return fail(broken('', `This file is not a Netloom project: ${(error as Error).message}.`))
  }
  return readDocument(json)
}

/**
 * A document from a JSON value: raised to this version, checked against the schema and the registry, and with
 * fields that are not there at their defaults. Values out of range are not refused: they are problems to show
 * on the node. Never half a document: every problem names its field.
 */
export function readDocument(json: unknown): Result<Document> {
  if (typeof json !== 'object' || json === null || (json as Record<string, unknown>)['format'] !== 'netloom')
    return fail(broken('format', 'This file is not a Netloom project.'))
  const version = (json as Record<string, unknown>)['version']
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return fail(
      broken('version', `The project’s version is ${JSON.stringify(version)}, which is no version.`)
    )
  if (version > DOCUMENT_VERSION)
    return fail({
      code: 'newer-version',
      field: 'version',
      message: `This project was saved by a newer Netloom (version ${version}; this one reads up to ${DOCUMENT_VERSION}).`,
      detail: 'Update Netloom, or save the project in the older form there.'
    })
  const odd = findOdd(json, [])
  if (odd) return fail(odd)
  const shape = documentSchema.safeParse(migrate(json as Record<string, unknown>, version))
  if (!shape.success) return fail(...shape.error.issues.flatMap(fromZod))
  return complete(shape.data)
}

const MAX_DEPTH = 32

/** What the schema cannot refuse: zod leaves out "__proto__" without a word, and too deep a file overflows its stack. */
function findOdd(value: unknown, path: readonly string[]): Problem | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const field = path.join('.')
  if (path.length > MAX_DEPTH)
    return broken(field, `The project’s ${field} cannot be read: it is nested too deep.`)
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, key]
    if (key === '__proto__')
      return broken(at.join('.'), `The project’s ${at.join('.')} cannot be read: this name is not allowed.`)
    const odd = findOdd(inner, at)
    if (odd) return odd
  }
  return undefined
}

function fromZod(issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const field = [...path, key].join('.')
      return broken(field, `The project’s ${field} is nothing that Netloom knows.`)
    })
  const field = path.join('.')
  const why =
    issue.code === 'invalid_union' ? 'it is not a number, a text, yes or no, or a part' : issue.message
  return [broken(field, `The project’s ${field || 'contents'} cannot be read: ${why}.`)]
}

/** Fills in defaults and refuses what the registry does not know. */
function complete(document: Document): Result<Document> {
  const problems: Problem[] = []
  const seen = new Set<string>()
  const networks = document.networks.map((network, i) => {
    const nodes = Object.entries(network.nodes).map(([id, node]) => {
      const at = `networks.${i}.nodes.${id}`
      if (seen.has(id)) problems.push(broken(at, `Two nodes have the id ${id}.`))
      seen.add(id)
      const layer = layers[node.type]
      if (!layer) {
        problems.push(broken(`${at}.type`, `Netloom knows no layer of the type “${node.type}” (node ${id}).`))
        return [id, node] as const
      }
      return [
        id,
        { ...node, config: completeConfig(layer.fields, node.config, `${at}.config`, problems) }
      ] as const
    })
    if (document.networks.findIndex((n) => n.id === network.id) !== i)
      problems.push(broken(`networks.${i}.id`, `Two networks have the id ${network.id}.`))
    problems.push(...edgeProblems(network, `networks.${i}.edges`))
    return { ...network, nodes: Object.fromEntries(nodes) }
  })
  const source = completePart('source', document.data.source, 'data.source', problems)
  const trainingPart = (kind: TrainingPart) =>
    completePart(kind, document.training[kind], `training.${kind}`, problems)
  const training = {
    ...document.training,
    scheme: trainingPart('scheme'),
    optimizer: trainingPart('optimizer'),
    schedule: trainingPart('schedule'),
    clipping: trainingPart('clipping')
  }
  const augmentation = completeAugmentation(document.data.augmentation, problems)
  if (problems.length > 0) return fail(...problems)
  return ok({
    ...document,
    networks,
    data: { ...document.data, source, ...(augmentation ? { augmentation } : {}) },
    training
  })
}

/** In the order of the registry, which is the order in which they are done. */
function completeAugmentation(
  augmentation: Document['data']['augmentation'],
  problems: Problem[]
): Document['data']['augmentation'] {
  if (!augmentation) return undefined
  const at = 'data.augmentation.steps'
  const steps = augmentation.steps.map((step, i) =>
    completePart('augmentation', step, `${at}.${i}`, problems)
  )
  for (const [i, { type }] of steps.entries())
    if (steps.findIndex((step) => step.type === type) !== i)
      problems.push(broken(`${at}.${i}`, `Pictures are changed by ${type} twice.`))
  const order = Object.keys(augmentations)
  return { ...augmentation, steps: steps.sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type)) }
}

/** Edges that name what is not there, and ports with two edges. */
function edgeProblems(network: Network, at: string): Problem[] {
  const problems: Problem[] = []
  const fed = new Set<string>()
  for (const [i, edge] of network.edges.entries()) {
    for (const side of ['from', 'to'] as const) {
      const { node: id, port } = edge[side]
      const node = Object.hasOwn(network.nodes, id) ? network.nodes[id] : undefined
      const ports = node && layers[node.type]?.[side === 'from' ? 'outputs' : 'inputs']
      if (!node)
        problems.push(broken(`${at}.${i}.${side}`, `An edge names the node ${id}, which is not there.`))
      else if (ports && !ports.some((p) => p.id === port))
        problems.push(
          broken(`${at}.${i}.${side}`, `An edge names the port ${port} of ${id}, which it does not have.`)
        )
    }
    const port = `${edge.to.node}.${edge.to.port}`
    if (fed.has(port)) problems.push(broken(`${at}.${i}.to`, `Two edges end at the port ${port}.`))
    fed.add(port)
  }
  return problems
}
