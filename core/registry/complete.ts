import { parts } from '.'
import type { Problem } from '../result'
import {
  defaultsOf,
  hasFieldType,
  type Config,
  type Field,
  type FieldValue,
  type Fields,
  type Part
} from './fields'

/*
 * Settings as somebody wrote them → settings with every field, each of the type its field asks for, down into their
 * parts. What is wrong is added to `problems` with its path. Ranges are another matter: see `rangeProblem`.
 */

const wrong = (field: string, message: string): Problem => ({ code: 'broken-document', field, message })

/** Settings with what they leave out at its default. */
export function completeConfig(fields: Fields, config: Config, at: string, problems: Problem[]): Config {
  for (const name of Object.keys(config))
    if (!Object.hasOwn(fields, name))
      problems.push(wrong(`${at}.${name}`, `There is no setting “${name}” here.`))
  const full: Config = { ...defaultsOf(fields), ...config }
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      completeValue(field, full[name]!, `${at}.${name}`, problems)
    ])
  )
}

/** A value of a field, with all its settings where it is a part. */
export function completeValue(field: Field, value: FieldValue, at: string, problems: Problem[]): FieldValue {
  if (!hasFieldType(field, value)) {
    problems.push(wrong(at, `${at} is ${JSON.stringify(value)}, which is no value for “${field.label}”.`))
    return value
  }
  return field.kind === 'part' ? completePart(field.registry, value as Part, at, problems) : value
}

/** A part with all its settings. */
export function completePart(kind: keyof typeof parts, part: Part, at: string, problems: Problem[]): Part {
  const definition = parts[kind][part.type]
  if (!definition) {
    const known = Object.keys(parts[kind]).join(', ')
    problems.push(wrong(`${at}.type`, `“${part.type}” is no ${kind} that Netloom knows. It knows ${known}.`))
    return part
  }
  return { type: part.type, config: completeConfig(definition.fields, part.config, `${at}.config`, problems) }
}

/** Settings from our own code, completed. A wrong one is a bug. */
export function fullConfig(fields: Fields, config: Config = {}): Config {
  const problems: Problem[] = []
  const full = completeConfig(fields, config, 'config', problems)
  if (problems.length > 0) throw new Error(problems.map((p) => p.message).join('\n'))
  return full
}

/** A part from our own code, completed. A wrong one is a bug. */
export function fullPart(kind: keyof typeof parts, part: Part): Part {
  const problems: Problem[] = []
  const full = completePart(kind, part, kind, problems)
  if (problems.length > 0) throw new Error(problems.map((p) => p.message).join('\n'))
  return full
}
