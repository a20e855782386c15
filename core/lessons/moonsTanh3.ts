import { part } from '../registry/define'
import { chainProject } from '../templates/chainProject'
import type { Lesson } from './define'

const start = part('fanInNormal')
// The tutorial's penalty is 0.01/2 · ‖W‖²; Keras' L2 has no half.
const penalty = part('l2', { rate: 0.005 })

/** One hidden layer on two moons: the settings of the from-scratch tutorials, exactly. */
export const moonsTanh3: Lesson = {
  id: 'moons-tanh3',
  title: 'One hidden layer',
  topic: 'Points',
  goal: 'See three neurons fence in a moon.',
  document: chainProject({
    name: 'One hidden layer',
    source: part('moons', { samples: 200, noise: 0.2 }),
    split: { train: 1, test: 0 },
    layers: [
      [
        'hidden',
        'dense',
        { units: 3, activation: part('tanh'), kernelInitializer: start, kernelRegularizer: penalty }
      ],
      [
        'output',
        'dense',
        { units: 2, activation: part('softmax'), kernelInitializer: start, kernelRegularizer: penalty }
      ]
    ],
    output: { reduction: 'sum' },
    optimizer: part('sgd', { learningRate: 0.01 }),
    epochs: 20_000,
    pace: 'full',
    pinned: ['nodes.hidden.units', 'data.source.noise'],
    lesson: 'moons-tanh3'
  }),
  steps: [
    {
      text: 'Press Train and watch the line bend.',
      control: 'train',
      done: ({ run }) => run.epoch > 0
    },
    {
      text: 'Let it run until the loss hardly moves: about 1,000 passes.',
      control: 'curves',
      done: ({ run }) => run.epoch >= 1000
    },
    {
      text: 'Press Stop, give the hidden layer 20 neurons, and train again.',
      control: 'units',
      done: ({ run, document }) =>
        (document.networks[0]?.nodes['hidden']?.config['units'] ?? 0) === 20 && run.epoch >= 500
    }
  ],
  notice: [
    'Each hidden neuron draws one soft line. The output puts the three lines together.',
    'Here all 200 points are used for training, so the accuracy says nothing about new points.'
  ],
  breakIt: {
    text: 'Give the hidden layer the linear activation.',
    why: 'Without a bend, two layers are only one: the boundary stays a straight line, and a line cannot part two moons.',
    change: (document) => ({
      ...document,
      networks: document.networks.map((network) => ({
        ...network,
        nodes: {
          ...network.nodes,
          hidden: {
            ...network.nodes['hidden']!,
            config: { ...network.nodes['hidden']!.config, activation: part('linear') }
          }
        }
      }))
    })
  },
  questions: [
    {
      question: 'Why does the loss go up and down at first?',
      answer:
        'The loss is summed over 200 points, so one step is as long as 200 small ones. Near the bottom it overshoots.'
    },
    {
      question: 'What does the penalty on the weights do?',
      answer: 'It keeps the lines soft. Without it the weights grow for ever and the lines get hard edges.'
    }
  ]
}
