import { multiplications } from '../../graph/multiplications'
import { sizeText } from '../../words'
import { defineFormat } from '../format'
import { parametersOf } from '../model'
import { whyNotAsked } from '../page/ask'
import { cargoOf } from '../page/cargo'
import { pageHtml } from '../page/html'
import { textFile } from '../text'

/** A page of more weights than these opens slowly, and does not fit into a message. */
const MOST_BYTES = 40_000_000
/** A browser's plain JavaScript would think longer than a few seconds about one example. */
const MOST_WORK = 300_000_000

/** One HTML file with the network, what prepares its input, and a program that runs it in any browser. */
export default defineFormat({
  type: 'page',
  title: 'Web page',
  ending: '.html',
  summary: 'To hand out: anyone tries it in a browser',
  icon: 'app-window',
  docs: 'One file that opens in every browser, on phones, too, and needs neither a network nor an installation. Whoever has it draws, types or photographs something and sees what the network says. Small networks can be trained in it: their data is then inside.',
  fields: {},
  whole: true,
  refuses: (model) => {
    const why = whyNotAsked(model)
    const bytes = (4 * parametersOf(model) * 4) / 3
    const node = model.plan.source.id
    const problem = (message: string) => ({ code: 'export-page', nodeId: node, message })
    return [
      ...(why === undefined
        ? []
        : [{ ...problem(why), detail: 'TensorFlow.js runs on a website of your own.' }]),
      ...(bytes > MOST_BYTES
        ? [
            {
              ...problem(`The page would have ${sizeText(bytes)}, too much to be opened.`),
              detail:
                'TensorFlow.js keeps weights in a file of their own; smaller layers make a smaller page.'
            }
          ]
        : []),
      ...(multiplications(model.derivation) > MOST_WORK
        ? [
            {
              ...problem('A page would think for many seconds about each example.'),
              detail: 'ONNX and TensorFlow.js are faster; smaller pictures are less work.'
            }
          ]
        : [])
    ]
  },
  write: (model, _config, tools) => ({
    [`${model.name}.html`]: textFile(pageHtml(cargoOf(model, tools), tools.page()))
  }),
  usage: (model) => ({
    language: 'javascript',
    install: '',
    code: `// Open ${model.name}.html in a browser. Its console (F12) answers, too:
netloomPage.answer(netloomPage.example)
`
  })
})
