import type { KerasNetwork, KerasNode } from '../../keras/network'
import { of, plain, type Argument, type CodeLine } from '../lines'
import { python, pythonName, pythonValue } from '../python'
import { kerasCall } from './values'

/** Names of the program that no layer may take. */
const TAKEN = ['keras', 'layers', 'np', 'sys']

/** make_model(): a list of layers where one follows the other, else a line for each with what it is given. */
export function kerasModel(network: KerasNetwork, nodeOf: (layer: string) => string): readonly CodeLine[] {
  const { name, input, nodes, output, sequential } = network
  const inputLayer = {
    call: 'keras.Input',
    args: [
      { name: 'shape', value: pythonValue(input.shape) },
      { name: 'name', value: JSON.stringify(input.name) }
    ]
  }
  const named: Argument = { name: 'name', value: JSON.stringify(name) }
  if (sequential)
    return [
      ...plain('def make_model():\n    """The network, layer by layer."""'),
      ...python(
        {
          call: 'keras.Sequential',
          args: [
            {
              value: {
                list: [
                  { value: inputLayer, nodeId: input.name },
                  ...nodes.map((node) => ({ value: layerCall(node), nodeId: nodeOf(node.name) }))
                ]
              }
            },
            named
          ]
        },
        { indent: 4, before: 'return ' }
      )
    ]
  const names = new Map<string, string>()
  for (const id of [input.name, ...nodes.map((node) => node.name)])
    names.set(id, pythonName(id, new Set([...TAKEN, ...names.values()])))
  const nameOf = (id: string): string => names.get(id)!
  return [
    ...plain(
      'def make_model():\n    """The network: what each layer is called with comes from the layers before it."""'
    ),
    ...of(input.name, python(inputLayer, { indent: 4, before: `${nameOf(input.name)} = ` })),
    ...nodes.flatMap((node) => {
      const from = node.inputs.map(nameOf)
      const given = from.length === 1 ? from[0]! : `[${from.join(', ')}]`
      return of(
        nodeOf(node.name),
        python(layerCall(node), { indent: 4, before: `${nameOf(node.name)} = `, after: `(${given})` })
      )
    }),
    ...python(
      {
        call: 'keras.Model',
        args: [
          { name: 'inputs', value: nameOf(input.name) },
          { name: 'outputs', value: nameOf(output.name) },
          named
        ]
      },
      { indent: 4, before: 'return ' }
    )
  ]
}

function layerCall({ name, layer, trainable }: KerasNode) {
  return kerasCall({ module: 'layers', class: layer.class, config: layer.config ?? {} }, [
    ...(trainable ? [] : [{ name: 'trainable', value: 'False' }]),
    { name: 'name', value: JSON.stringify(name) }
  ])
}
