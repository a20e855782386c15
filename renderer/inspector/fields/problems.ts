import { rangeProblem, type Field, type FieldValue } from '@core/registry/fields'

/** A number outside its range: what is wrong, and the number that would do. */
export interface OwnProblem {
  readonly message: string
  readonly label: string
  readonly to: number
}

/** What is wrong with a field's own value, as the registry says it. */
export function ownProblem(name: string, field: Field, value: FieldValue): OwnProblem | undefined {
  let to = 0
  const problem = rangeProblem(name, field, value, {
    useValue: (number) => {
      to = number
      return { kind: 'setView', change: {} }
    }
  })
  return problem?.fix && { message: problem.message, label: problem.fix.label, to }
}
