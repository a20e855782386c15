import type { z } from 'zod'
import { layers, parts } from '../registry'
import { defaultsOf, hasFieldType, type Config, type Field, type Fields, type Part } from '../registry/fields'
import { fail, ok, type Problem, type Result } from '../result'
import { migrate } from './migrate'
import { DOCUMENT_VERSION, documentSchema, type Document } from './schema'

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
  const shape = documentSchema.safeParse(migrate(json as Record<string, unknown>, version))
  if (!shape.success) return fail(...shape.error.issues.map(fromZod))
  return complete(shape.data)
}

function fromZod(issue: z.core.$ZodIssue): Problem {
  const field = issue.path.map(String).join('.')
  return broken(field, `The project’s ${field || 'contents'} cannot be read: ${issue.message}.`)
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
    for (const [k, edge] of network.edges.entries())
      for (const side of ['from', 'to'] as const) {
        const end = edge[side]
        const at = `networks.${i}.edges.${k}.${side}`
        const node = Object.hasOwn(network.nodes, end.node) ? network.nodes[end.node] : undefined
        const ports = node && layers[node.type]?.[side === 'from' ? 'outputs' : 'inputs']
        if (!node) problems.push(broken(at, `An edge names the node ${end.node}, which is not there.`))
        else if (ports && !ports.some((p) => p.id === end.port))
          problems.push(
            broken(at, `An edge names the port ${end.port} of ${end.node}, which it does not have.`)
          )
      }
    return { ...network, nodes: Object.fromEntries(nodes) }
  })
  const source = completePart('source', document.data.source, 'data.source', problems)
  const optimizer = completePart('optimizer', document.training.optimizer, 'training.optimizer', problems)
  if (problems.length > 0) return fail(...problems)
  return ok({
    ...document,
    networks,
    data: { ...document.data, source },
    training: { ...document.training, optimizer }
  })
}

/** A part with all its fields; problems are added to the list. */
export function completePart(kind: keyof typeof parts, part: Part, at: string, problems: Problem[]): Part {
  const definition = Object.hasOwn(parts[kind], part.type) ? parts[kind][part.type] : undefined
  if (!definition) {
    const known = Object.keys(parts[kind]).join(', ')
    problems.push(broken(`${at}.type`, `“${part.type}” is no ${kind} that Netloom knows. It knows ${known}.`))
    return part
  }
  return { type: part.type, config: completeConfig(definition.fields, part.config, `${at}.config`, problems) }
}

function completeConfig(fields: Fields, config: Config, at: string, problems: Problem[]): Config {
  for (const name of Object.keys(config))
    if (!Object.hasOwn(fields, name))
      problems.push(broken(`${at}.${name}`, `There is no setting “${name}” here.`))
  const full: Config = { ...defaultsOf(fields), ...config }
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      checked(field, full[name]!, `${at}.${name}`, problems)
    ])
  )
}

function checked(field: Field, value: Config[string], at: string, problems: Problem[]): Config[string] {
  if (!hasFieldType(field, value)) {
    problems.push(broken(at, `${at} is ${JSON.stringify(value)}, which is no value for “${field.label}”.`))
    return value
  }
  return field.kind === 'part' ? completePart(field.registry, value as Part, at, problems) : value
}
