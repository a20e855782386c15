import { defineFormat } from '../format'
import { keras2Config } from '../keras/keras2'
import { kerasNetwork } from '../keras/network'
import { problemsOf, unwrap } from '../../result'
import { scriptExample, type Example } from '../usage'
import { jsonFile } from '../text'
import type { ExportModel } from '../model'
import type { KerasNode } from '../keras/network'

/** The layers format of TensorFlow.js: model.json with the topology and a list of weights, whose numbers are apart. */
export default defineFormat({
  type: 'tfjs',
  title: 'TensorFlow.js',
  ending: '.json, .bin',
  summary: 'Runs on a website',
  icon: 'code-xml',
  docs: 'The whole network with its weights for TensorFlow.js, which runs it in any browser and can train it further.',
  fields: {},
  refuses: (model) => problemsOf(kerasNetwork(model, 'tfjs')),
  write: (model) => {
    const network = unwrap(kerasNetwork(model, 'tfjs'))
    const weights = network.nodes.flatMap((node) =>
      node.weights.map(({ shape, values, place }) => ({ name: weightName(node, place), shape, values }))
    )
    const bytes = new Uint8Array(4 * weights.reduce((n, { values }) => n + values.length, 0))
    const view = new DataView(bytes.buffer)
    let at = 0
    for (const { values } of weights)
      for (const value of values) {
        view.setFloat32(at, value, true)
        at += 4
      }
    return {
      'model.json': jsonFile({
        format: 'layers-model',
        generatedBy: 'Netloom',
        convertedBy: null,
        modelTopology: {
          keras_version: '2.15.0',
          backend: 'tensorflow',
          model_config: keras2Config(network)
        },
        weightsManifest: [
          {
            paths: [BIN],
            weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }))
          }
        ]
      }),
      [BIN]: bytes
    }
  },
  usage: (model, _config, example) => ({ language: 'html', install: '', code: page(model, example) })
})

const BIN = 'weights.bin'

/** As TensorFlow.js names it when it has built the layer: without the objects on the way, but for the two ways. */
function weightName({ name, layer }: KerasNode, place: string): string {
  const [first, ...rest] = place.split('/')
  const own = rest.at(-1) ?? first!
  if (layer.class !== 'Bidirectional') return `${name}/${own}`
  const inner = layer.config!['layer'] as unknown as { readonly config: { readonly name: string } }
  return `${name}/${first!.replace('_layer', '')}_${inner.config.name}/${own}`
}

function page(model: ExportModel, example: Example): string {
  return `<!doctype html>
<title>${model.name}</title>
<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.22.0/dist/tf.min.js"></script>
<pre id="answer"></pre>
<script type="module">
  // Serve this folder, for example with: npx http-server
  const model = await tf.loadLayersModel('model.json')
  const answer = await model.predict(${scriptExample(model, example)}).data()
  document.getElementById('answer').textContent = answer.join('\\n')
</script>
`
}
