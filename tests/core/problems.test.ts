import { describe, expect, test } from 'vitest'
import { applyEdit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { wrongAnswers } from '@core/graph/lossProblems'
import { activations } from '@core/registry'
import { fullPart } from '@core/registry/complete'
import { part } from '@core/registry/define'
import type { Config } from '@core/registry/fields'
import type { Problem } from '@core/result'
import { firstProject } from '@core/templates'
import { sketch, type NodeSketch } from './helpers/documents'

const problems = (document: Document): readonly Problem[] => derive(document, {}).problems
const codes = (document: Document): string[] =>
  problems(document).map((p) => `${p.code} ${p.nodeId ?? ''}`.trim())

/** The document after the only fix that it needs. */
function mended(document: Document): Document {
  const [problem, ...others] = problems(document)
  expect(others).toEqual([])
  if (!problem?.fix) throw new Error(`${problem?.code} has no fix.`)
  const after = applyEdit(document, problem.fix.edit)
  expect(codes(after)).toEqual([])
  return after
}

const data = (type: string): Partial<Document> => ({
  data: { ...firstProject.data, source: fullPart('source', part(type)) }
})
const loss = (type: string, config: Config = {}): Config => ({ loss: fullPart('loss', part(type, config)) })

/** One layer of neurons between points in the plane and their answers. */
function neurons(units: number, activation: string, output: Config, source = 'moons'): Document {
  return sketch(
    { data: ['data'], a: ['dense', { units, activation: part(activation) }], out: ['output', output] },
    ['data.features-a.input', 'a.output-out.prediction', 'data.target-out.target'],
    data(source)
  )
}

describe('the loss is for the answers that there are', () => {
  test('one for classes cannot compare numbers', () => {
    const document = neurons(1, 'linear', loss('hinge'), 'plane')
    expect(problems(document)).toMatchObject([
      {
        code: 'wrong-loss',
        nodeId: 'out',
        field: 'loss',
        message: 'Hinge is for classes, but the true answers are numbers.',
        fix: { label: 'Use mean squared error' }
      }
    ])
    expect(mended(document).networks[0].nodes['out'].config['loss']).toEqual(part('meanSquaredError'))
  })

  test('one for numbers cannot compare classes', () => {
    const forNumbers = { title: 'Poisson', answers: 'numbers' } as const
    expect(wrongAnswers('out', forNumbers, { shape: [3] })).toBeUndefined()
    expect(wrongAnswers('out', forNumbers, { classes: 3, shape: [] })).toMatchObject({
      message: 'Poisson is for numbers, but the true answers are classes.',
      fix: { label: 'Use cross-entropy', edit: { value: { type: 'crossEntropy' } } }
    })
  })

  test.each(['meanSquaredError', 'meanAbsoluteError', 'huber', 'sumOfSquares', 'halfSquaredError'])(
    '%s takes either',
    (type) => {
      expect(codes(neurons(1, 'linear', loss(type), 'plane'))).toEqual([])
      expect(codes(neurons(2, 'linear', loss(type)))).toEqual([])
    }
  )
})

describe('the last activation goes with the loss', () => {
  test.each(['step', 'sigmoid'])('the perceptron rule looks behind %s', (activation) => {
    expect(codes(neurons(1, activation, loss('perceptron')))).toEqual([])
  })

  test('and behind nothing else', () => {
    const document = neurons(1, 'tanh', loss('perceptron'))
    expect(problems(document)[0]).toMatchObject({
      code: 'loss-activation',
      nodeId: 'a',
      message: 'Perceptron rule learns from what goes into a Step, and the last layer has Tanh.',
      fix: { label: 'Use Step' }
    })
    expect(mended(document).networks[0].nodes['a'].config['activation']).toEqual(part('step'))
  })

  test('a last layer without an activation gets a Step behind it', () => {
    const document = sketch(
      { data: ['data'], a: ['dense', { units: 1 }], rest: ['dropout'], out: ['output', loss('perceptron')] },
      ['data.features-a.input', 'a.output-rest.input', 'rest.output-out.prediction', 'data.target-out.target']
    )
    expect(problems(document)[0].message).toContain('the last layer has none')
    expect(mended(document).networks[0].nodes['activation'].config['activation']).toEqual(part('step'))
  })

  test('nothing else learns through a Step', () => {
    const classes = neurons(1, 'step', loss('meanSquaredError'))
    expect(problems(classes)[0]).toMatchObject({ code: 'no-slope', nodeId: 'a' })
    expect(mended(classes).networks[0].nodes['out'].config['loss']).toEqual(part('perceptron'))
    const numbers = mended(neurons(1, 'step', loss('meanSquaredError'), 'plane'))
    expect(numbers.networks[0].nodes['a'].config['activation']).toEqual(part('linear'))
  })

  test.each([
    ['crossEntropy', 2, 'softmax'],
    ['crossEntropy', 1, 'sigmoid'],
    ['binaryCrossentropy', 2, 'sigmoid']
  ])('%s adds no second activation to %i %s', (type, units, activation) => {
    const document = neurons(units, activation, loss(type, { fromLogits: true }))
    expect(problems(document)[0]).toMatchObject({
      code: 'logits-twice',
      nodeId: 'out',
      field: 'loss.fromLogits',
      message: `The loss adds ${activations[activation].title} itself, but the last layer has it already.`
    })
    expect(mended(document)).toEqual(neurons(units, activation, loss(type)))
  })

  test('logits are taken as such', () => {
    expect(codes(neurons(2, 'linear', loss('crossEntropy', { fromLogits: true })))).toEqual([])
    expect(codes(neurons(1, 'linear', loss('crossEntropy', { fromLogits: true })))).toEqual([])
  })

  test.each(['sigmoid', 'relu', 'gaussian'])('%s never says the first class to a hinge', (activation) => {
    const document = neurons(1, activation, loss('hinge'))
    expect(problems(document)[0]).toMatchObject({
      code: 'one-sided',
      nodeId: 'a',
      message: `With Hinge an answer below 0 means the first class, and ${activations[activation].title} never gives one.`
    })
    mended(document)
    // Where each class has a neuron of its own, the largest decides.
    expect(codes(neurons(2, activation, loss('hinge')))).toEqual([])
  })

  test.each(['tanh', 'linear', 'elu'])('%s says both', (activation) => {
    expect(codes(neurons(1, activation, loss('hinge')))).toEqual([])
  })
})

describe('a network begins and ends once', () => {
  test('a second Data node is told, and its line is missed when it is gone', () => {
    const document = sketch(
      {
        data: ['data'],
        more: ['data'],
        sum: ['add'],
        a: ['dense', { units: 2, activation: part('softmax') }],
        out: ['output']
      },
      [
        'data.features-sum.input',
        'more.features-sum.second',
        'sum.output-a.input',
        'a.output-out.prediction',
        'data.target-out.target'
      ]
    )
    const [problem, ...others] = problems(document)
    expect(others).toEqual([])
    expect(problem).toMatchObject({
      code: 'two-sources',
      nodeId: 'more',
      message: 'There is a Data node already, and a network has one.'
    })
    const after = applyEdit(document, problem.fix!.edit)
    expect(codes(after)).toEqual(['not-connected sum'])
    mended(after)
  })
})

describe('the way of learning has the networks it needs', () => {
  const forger: { readonly [id: string]: NodeSketch } = {
    noise: ['noise'],
    make: ['dense', { units: 2, activation: part('linear') }],
    made: ['sample']
  }
  const judge: { readonly [id: string]: NodeSketch } = {
    data: ['data'],
    look: ['dense', { units: 1, activation: part('sigmoid') }],
    said: ['judgement']
  }
  const forgerLines = ['noise.output-make.input', 'make.output-made.prediction']
  const judgeLines = ['data.features-look.input', 'look.output-said.prediction']
  const scheme = (document: Document, type: string): Document => ({
    ...document,
    training: { ...document.training, scheme: fullPart('scheme', part(type)) }
  })
  const two = (first: Document, second: Document): Document => ({
    ...first,
    networks: [
      { ...first.networks[0], id: 'first' },
      { ...second.networks[0], id: 'second' }
    ]
  })
  const pair = two(sketch(forger, forgerLines), sketch(judge, judgeLines))

  test('two networks and one task: the way that fits them is offered', () => {
    expect(codes(scheme(pair, 'adversarial'))).toEqual([])
    const [problem] = problems(pair)
    expect(problem).toMatchObject({
      code: 'networks',
      field: 'training.scheme',
      message: '“From true answers” needs 1 network, and there are 2.',
      fix: { label: 'Learn by “Forger and judge”' }
    })
    expect(mended(pair).training.scheme).toEqual(fullPart('scheme', part('adversarial')))
  })

  test('none is offered that would not fit', () => {
    const [problem] = problems(two(sketch(judge, judgeLines), sketch(forger, forgerLines)))
    expect(problem.code).toBe('networks')
    expect(problem.fix).toBeUndefined()
  })

  test('one network and two wanted', () => {
    const document = scheme(firstProject, 'adversarial')
    expect(problems(document)[0].message).toBe('“Forger and judge” needs 2 networks, and there is 1.')
    expect(mended(document).training.scheme).toEqual(part('supervised'))
  })

  test('an end of another way is told, and its place is taken by the right one', () => {
    const wrong = two(sketch({ ...forger, made: ['result'] }, forgerLines), sketch(judge, judgeLines))
    let document = scheme(wrong, 'adversarial')
    expect(problems(document)).toMatchObject([
      {
        code: 'wrong-end',
        nodeId: 'made',
        message: 'Result does not belong here: this network ends with Made up.'
      }
    ])
    document = applyEdit(document, problems(document)[0].fix!.edit)
    expect(problems(document)).toMatchObject([
      { code: 'no-output', message: 'This network has no end yet: Made up.', fix: { label: 'Add made up' } }
    ])
    mended(document)
  })

  test('a network that begins with noise is offered noise', () => {
    const { noise: _, ...headless } = forger
    const document = scheme(
      two(sketch(headless, forgerLines.slice(1)), sketch(judge, judgeLines)),
      'adversarial'
    )
    const problem = problems(document).find((p) => p.code === 'no-data')!
    expect(problem).toMatchObject({
      message: 'There is nothing to begin from yet.',
      detail: 'A network needs a Noise node in front.'
    })
    const after = applyEdit(document, problem.fix!.edit)
    expect(Object.keys(after.networks[0].nodes)).toContain('noise')
    mended(after)
  })

  describe('and the layer it teaches', () => {
    const machine = (nodes: { readonly [id: string]: NodeSketch }, lines: readonly string[]): Document =>
      scheme(sketch({ data: ['data'], ...nodes, end: ['result'] }, lines), 'contrastiveDivergence')

    test('which is offered where there is none', () => {
      const document = machine({ a: ['dropout'] }, ['data.features-a.input', 'a.output-end.prediction'])
      expect(problems(document)).toMatchObject([
        {
          code: 'no-machine',
          message: '“From the data alone” teaches a Boltzmann machine, and there is none yet.',
          fix: { label: 'Add a Boltzmann machine' }
        }
      ])
      mended(document)
    })

    test('which is there once', () => {
      const document = machine({ a: ['rbm'], b: ['rbm'] }, [
        'data.features-a.input',
        'a.output-b.input',
        'b.output-end.prediction'
      ])
      expect(problems(document)).toMatchObject([{ code: 'two-machines', nodeId: 'b' }])
      mended(document)
    })

    test('which sees the examples as they are', () => {
      const document = machine({ a: ['dense', { units: 5 }], b: ['rbm'] }, [
        'data.features-a.input',
        'a.output-b.input',
        'b.output-end.prediction'
      ])
      expect(problems(document)).toMatchObject([
        { code: 'machine-input', nodeId: 'b', message: 'Gets 5 numbers, but an example has 2.' }
      ])
      expect(codes(applyEdit(document, { kind: 'remove', nodes: ['a'], edges: [] }))).toEqual([])
    })
  })
})
