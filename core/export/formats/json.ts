import { defineFormat } from '../format'
import { textFile } from '../text'
import { exportedWeights, nest, type Nested } from '../weights'

/** Weights as nested lists of decimal numbers that give the same float32 again. */
export default defineFormat({
  type: 'json',
  title: 'JSON weights',
  ending: '.json',
  summary: 'Numbers alone, any language',
  icon: 'braces',
  docs: 'Every weight as nested lists of numbers, by layer and name. The command line takes the file, too: netloom train --init. The network itself is not in it.',
  fields: {},
  refuses: () => [],
  write: (model) => {
    const layers: Record<string, Record<string, Nested>> = {}
    for (const { nodeId, own, shape, values } of exportedWeights(model))
      layers[nodeId] = { ...layers[nodeId], [own]: nest(values, shape) }
    return { [`${model.name}-weights.json`]: textFile(`${JSON.stringify(layers)}\n`) }
  },
  usage: (model) => ({
    language: 'python',
    install: '',
    code: `import json

with open("${model.name}-weights.json") as file:
    layers = json.load(file)
for layer, weights in layers.items():
    print(layer, list(weights))
`
  })
})
