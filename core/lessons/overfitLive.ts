import { part } from '../registry/define'
import { isPart } from '../registry/fields'
import { chainProject } from '../templates/chainProject'
import type { Lesson } from './define'

const start = part('fanInNormal')
const none = part('none')

/** Overfitting in front of a class: 60 points to learn from, 400 new ones, far too many neurons. */
export const overfitLive: Lesson = {
  id: 'overfit-live',
  title: 'Overfitting, live',
  topic: 'Points',
  goal: 'Watch a network learn its points by heart and get worse on new ones.',
  document: chainProject({
    name: 'Overfitting, live',
    source: part('moons', { samples: 460, noise: 0.35 }),
    split: { train: 60, test: 0 },
    layers: [
      [
        'hidden',
        'dense',
        { units: 50, activation: part('tanh'), kernelInitializer: start, kernelRegularizer: none }
      ],
      [
        'output',
        'dense',
        { units: 2, activation: part('softmax'), kernelInitializer: start, kernelRegularizer: none }
      ]
    ],
    optimizer: part('adam', { learningRate: 0.03 }),
    epochs: 1000,
    pace: 'normal',
    pinned: ['nodes.hidden.units', 'nodes.hidden.kernelRegularizer', 'data.source.noise'],
    lesson: 'overfit-live'
  }),
  steps: [
    {
      text: 'Press Train. Watch the two loss curves: solid for the points it trains on, dashed for new points.',
      control: 'train',
      done: ({ run }) => run.epoch > 0
    },
    {
      text: 'Wait for the dashed curve to turn upwards. From there the network learns its 60 points by heart.',
      control: 'curves',
      done: ({ run }) => run.epoch >= 300
    },
    {
      text: 'Look at the boundary: it bends around single points.',
      control: 'boundary',
      done: ({ run }) => run.epoch >= 700
    },
    {
      text: 'Select the hidden layer, set “Keep weights small” to L2, and train from the start.',
      control: 'regularizer',
      done: ({ document, run }) => {
        const penalty = document.networks[0]?.nodes['hidden']?.config['kernelRegularizer']
        return isPart(penalty) && penalty.type === 'l2' && run.epoch >= 300
      }
    }
  ],
  notice: [
    'On its own points the network gets nearly everything right, on new points it does worse than it did early on.',
    'With L2 the two curves stay together: the network can no longer afford a bend for a single point.'
  ],
  breakIt: {
    text: 'Make the L2 strength 1.',
    why: 'Now the penalty outweighs the mistakes. All weights shrink to almost nothing, and the network says the same everywhere: that is underfitting.',
    change: (document) => ({
      ...document,
      networks: document.networks.map((network) => ({
        ...network,
        nodes: Object.fromEntries(
          Object.entries(network.nodes).map(([id, node]) => [
            id,
            'kernelRegularizer' in node.config
              ? { ...node, config: { ...node.config, kernelRegularizer: part('l2', { rate: 1 }) } }
              : node
          ])
        )
      }))
    })
  },
  questions: [
    {
      question: 'Would more training points help?',
      answer: 'Yes. Then no single point is worth a bend. Try 200: the gap nearly closes.'
    },
    {
      question: 'Why not just stop early?',
      answer:
        'You can: “Go to best epoch” does it. But the epoch was chosen with the new points, so their score is a little too good.'
    }
  ]
}
