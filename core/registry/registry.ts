/** Objects of one kind by type, in the order in which people see them. */
export type Registry<D> = { readonly [type: string]: D }

/** A registry of these objects. */
export function registry<D extends { readonly type: string }>(...definitions: D[]): Registry<D> {
  // Without a prototype: the type "constructor" of a broken file finds nothing.
  const byType: Record<string, D> = Object.create(null) as Record<string, D>
  for (const definition of definitions) byType[definition.type] = definition
  return byType
}

/** The registry with an object that is found by its type and is in no list: nobody picks it. */
export function withUnlisted<D extends { readonly type: string }>(
  all: Registry<D>,
  definition: D
): Registry<D> {
  return Object.defineProperty(all, definition.type, { value: definition, enumerable: false })
}
