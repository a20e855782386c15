import { defineFormat } from '../format'
import { reportHtml } from '../report/report'
import { textFile } from '../text'

/** The same report as sheets of paper. */
export default defineFormat({
  type: 'reportPdf',
  title: 'Report on paper',
  ending: '.pdf',
  summary: 'The report as A4, to print or hand in',
  icon: 'file-text',
  docs: 'The report as a PDF file of A4 sheets: network, data, curves, mistakes, settings and seeds.',
  fields: {},
  whole: true,
  needsBrowser: true,
  refuses: () => [],
  write: async (model, _config, tools) => ({
    [`${model.name}-report.pdf`]: await tools.pdf(textFile(reportHtml(model, tools)))
  }),
  usage: (model) => ({
    language: 'html',
    install: '',
    code: `<a href="${model.name}-report.pdf">Report</a>
`
  })
})
