import type { KerasNetwork, KerasNode } from '../../keras/network'
import { of, plain, type Argument, type CodeLine } from '../lines'
import { script, scriptName } from '../script'
import { tfjsCall } from './values'

/** Names of the program that no layer may take. */
const TAKEN = ['tf', 'process']

/** makeModel(): a list of layers where one follows the other, else a line for each with what it is given. */
export function tfjsModel(network: KerasNetwork, nodeOf: (layer: string) => string): readonly CodeLine[] {
  const { name, input, nodes, output, sequential } = network
  const shape = { list: input.shape.map((size) => ({ value: String(size) })) }
  const named = (own: string): Argument => ({ name: 'name', value: JSON.stringify(own) })
  if (sequential) {
    const first = { settings: [{ name: 'inputShape', value: shape }, named(input.name)] }
    const list = [
      { value: { call: 'tf.layers.inputLayer', args: [{ value: first }] }, nodeId: input.name },
      ...nodes.map((node) => ({ value: layerCall(node), nodeId: nodeOf(node.name) }))
    ]
    const settings = [{ name: 'layers', value: { list } }, named(name)]
    return [
      ...plain('/** The network, layer by layer. */\nexport function makeModel() {'),
      ...script(
        { call: 'tf.sequential', args: [{ value: { settings } }] },
        { indent: 2, before: 'return ', after: ';' }
      ),
      ...plain('}')
    ]
  }
  const names = new Map<string, string>()
  for (const id of [input.name, ...nodes.map((node) => node.name)])
    names.set(
      id,
      scriptName(id, new Set([...TAKEN, ...[...names.values()].flatMap((n) => [n, `${n}Layer`])]))
    )
  const nameOf = (id: string): string => names.get(id)!
  const first = { settings: [{ name: 'shape', value: shape }, named(input.name)] }
  return [
    ...plain('/** The network: what a layer is applied to comes from the layers before it. */'),
    ...plain('export function makeModel() {'),
    ...of(
      input.name,
      script(
        { call: 'tf.input', args: [{ value: first }] },
        { indent: 2, before: `const ${nameOf(input.name)} = `, after: ';' }
      )
    ),
    ...nodes.flatMap((node) => {
      const from = node.inputs.map(nameOf)
      const given = from.length === 1 ? from[0]! : { list: from.map((value) => ({ value })) }
      return of(nodeOf(node.name), [
        ...script(layerCall(node), { indent: 2, before: `const ${nameOf(node.name)}Layer = `, after: ';' }),
        ...script(
          { call: `${nameOf(node.name)}Layer.apply`, args: [{ value: given }] },
          { indent: 2, before: `const ${nameOf(node.name)} = `, after: ';' }
        )
      ])
    }),
    ...script(
      {
        call: 'tf.model',
        args: [
          {
            value: {
              settings: [
                { name: 'inputs', value: nameOf(input.name) },
                { name: 'outputs', value: nameOf(output.name) },
                named(name)
              ]
            }
          }
        ]
      },
      { indent: 2, before: 'return ', after: ';' }
    ),
    ...plain('}')
  ]
}

function layerCall({ name, layer, trainable }: KerasNode) {
  return tfjsCall({ module: 'layers', class: layer.class, config: layer.config ?? {} }, [
    ...(trainable ? [] : [{ name: 'trainable', value: 'false' }]),
    { name: 'name', value: JSON.stringify(name) }
  ])
}
