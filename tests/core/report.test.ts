import { expect, test } from 'vitest'
import { makeDataset } from '@core/data/dataset'
import { exportModel } from '@core/export/model'
import { reportHtml } from '@core/export/report/report'
import { derive } from '@core/graph/derive'
import { planSystem } from '@core/graph/plan'
import { sizeOf } from '@core/graph/signal'
import { unwrap } from '@core/result'
import type { EpochPoint } from '@core/run/events'
import { firstProject } from '@core/templates'

const project = { ...firstProject, name: 'Moons <& "more"' }
const dataset = unwrap(makeDataset(project.data, {}))
const model = exportModel({
  ...{ document: project, files: {}, epoch: 3, scale: 1, preparation: undefined },
  weights: planSystem(project, derive(project, {})).weights.map(({ name, spec: { shape } }) => ({
    ...{ name, shape },
    values: new Float32Array(sizeOf(shape))
  }))
})
const history = [0.5, 0.2, 0.4].map((valLoss, i): EpochPoint => ({
  ...{
    epoch: i + 1,
    step: 10 * (i + 1),
    loss: 0.6 - 0.1 * i,
    accuracy: 0.8,
    valLoss,
    valAccuracy: 0.75,
    ms: 20
  }
}))
/** Says `upper` to everything, and is 90 % sure. */
const answers = (part: 'train' | 'validation' | 'test'): Float32Array =>
  Float32Array.from({ length: 2 * dataset.parts[part].length }, (_, i) => (i % 2 === 0 ? 0.9 : 0.1))
const html = reportHtml(model, {
  ...{ dataset, partAnswers: answers, history, project, files: {} },
  score: () => ({ part: 'validation', loss: 0.4, accuracy: 0.5 }),
  facts: { version: '1.2.3', engine: 'Test', files: [{ name: 'a.csv', sha256: 'abc' }] }
})
const row = (...cells: readonly (string | number)[]): string =>
  `<tr><th scope="row">${cells[0]}</th>${cells
    .slice(1)
    .map((cell) => `<td class="num">${cell}</td>`)
    .join('')}</tr>`

test('a report counts what was taken for what', () => {
  const truth = Array.from(dataset.parts.validation, (place) => dataset.y![place]!)
  const [upper, lower] = [0, 1].map((label) => truth.filter((one) => one === label).length) as [
    number,
    number
  ]
  expect(html).toContain(row('upper', upper, 0))
  expect(html).toContain(row('lower', lower, 0))
  // Half of what it names is right where both classes are as many; it names all of one class, and none of the other.
  expect(upper).toBe(lower)
  expect(html).toContain(row('upper', upper, '50 %', '100 %', '66.7 %'))
  expect(html).toContain(row('lower', lower, '–', '0 %', '0 %'))
  expect(html.match(/<b>upper<\/b>, 90 % sure<br>but it is lower/g)).toHaveLength(12)
})

test('a report tells the best epoch, and where it came from', () => {
  expect(html).toContain(row('Best', 2, '0.5', '0.2', '80 %', '75 %'))
  expect(html).toContain(row('Last', 3, '0.4', '0.4', '80 %', '75 %'))
  for (const fact of ['1.2.3', 'SHA-256 abc', String(project.training.seed)]) expect(html).toContain(fact)
})

test('a report is HTML that holds, whatever a project is called, and runs and loads nothing', () => {
  expect(html).toContain('<h1>Moons &lt;&amp; &quot;more&quot;</h1>')
  expect(html).not.toMatch(/<script|<link|NaN|undefined|src="(?!data:)/)
  const open = (tag: string): number => html.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0
  for (const tag of ['table', 'tr', 'section', 'figure', 'svg', 'ul', 'li', 'main'])
    expect(html.match(new RegExp(`</${tag}>`, 'g'))?.length ?? 0, tag).toBe(open(tag))
})
