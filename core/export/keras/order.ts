/**
 * Layers in the order in which Keras lists them, which numbers the weights in its files: the further from the output,
 * the earlier; at the same distance in the order in which a walk back from the output finds them. Layers that do not
 * lead to the output are left out. Source: keras/src/ops/function.py, map_graph.
 */
export function kerasOrder<N extends { readonly name: string; readonly inputs: readonly string[] }>(
  nodes: readonly N[],
  output: string
): readonly N[] {
  const byName = new Map(nodes.map((node) => [node.name, node]))
  const found = new Map<string, number>()
  const finished: N[] = []
  const visit = (name: string): void => {
    const node = byName.get(name)
    if (!node || found.has(name)) return
    found.set(name, found.size)
    node.inputs.forEach(visit)
    finished.push(node)
  }
  visit(output)
  const depths = new Map<string, number>()
  for (const { name, inputs } of finished.reverse()) {
    const depth = depths.get(name) ?? 0
    depths.set(name, depth)
    for (const input of inputs) depths.set(input, Math.max(depth + 1, depths.get(input) ?? 0))
  }
  return finished.sort(
    (a, b) => depths.get(b.name)! - depths.get(a.name)! || found.get(a.name)! - found.get(b.name)!
  )
}
