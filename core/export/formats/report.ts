import { defineFormat } from '../format'
import { reportHtml } from '../report/report'
import { textFile } from '../text'

/** What a network is, what it learned from and how good it is, to be read by people. */
export default defineFormat({
  type: 'report',
  title: 'Report',
  ending: '.html',
  summary: 'To read: network, data, curves, mistakes',
  icon: 'file-text',
  docs: 'What the network looks like, what it learned from and how that went, how good it is and where it errs, with every setting and seed. It opens in any browser, prints on A4, and loads nothing.',
  fields: {},
  whole: true,
  refuses: () => [],
  write: (model, _config, tools) => ({
    [`${model.name}-report.html`]: textFile(reportHtml(model, tools))
  }),
  usage: (model) => ({
    language: 'html',
    install: '',
    code: `<a href="${model.name}-report.html">Report</a>
`
  })
})
