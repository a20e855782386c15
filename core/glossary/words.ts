import type { Word } from '.'

interface Entry extends Omit<Word, 'see'> {
  readonly see?: readonly string[]
}

const entries = {
  accuracy: {
    term: 'accuracy',
    text: 'The share of answers that are right. 100 % on the points it learned from means little; on new points it counts.',
    see: ['validation']
  },
  activation: {
    term: 'activation',
    text: 'The bend that a neuron gives to its sum. Without bends, many layers could do no more than a single one.',
    see: ['neuron']
  },
  augmentation: {
    term: 'augmentation',
    text: 'Each picture to learn from is changed a little, differently in every epoch: mirrored, turned, moved. The network cannot learn it by heart, and does better on new ones.',
    see: ['overfitting', 'epoch']
  },
  batch: {
    term: 'batch',
    text: 'The examples that are looked at before the weights move a step. Small batches jump about, large ones are steady and slow.',
    see: ['epoch', 'gradient']
  },
  bias: {
    term: 'bias',
    text: 'A number that a neuron adds to its sum, whatever comes in: it moves the border sideways.',
    see: ['weight']
  },
  deadNeuron: {
    term: 'dead neuron',
    text: 'A neuron with ReLU that answers 0 to every example. It has no slope there, so it learns nothing, and the network is as good as without it.',
    see: ['neuron', 'activation', 'learningRate']
  },
  dropout: {
    term: 'dropout',
    text: 'While it trains, some neurons are left out at random in every step, so that no neuron can rely on a single other one.',
    see: ['overfitting']
  },
  earlyStopping: {
    term: 'early stopping',
    text: 'Training ends when it has not become better on new examples for so many epochs.',
    see: ['validation', 'overfitting']
  },
  epoch: {
    term: 'epoch',
    text: 'One pass over all training examples.',
    see: ['batch']
  },
  glorot: {
    term: 'Glorot',
    text: 'A way to choose starting weights: random, and smaller the more inputs and neurons a layer has, so that signals neither die out nor blow up. Named after Xavier Glorot.',
    see: ['initializer']
  },
  gradient: {
    term: 'gradient',
    text: 'For each weight, how much the loss would grow if that weight grew. Training steps the other way. It is worked out from the last layer to the first, and on the way it can vanish (get too small) or explode.',
    see: ['learningRate', 'loss', 'saturation']
  },
  initializer: {
    term: 'starting weights',
    text: 'Before it learns, a network has random weights. If they were all alike, all neurons would learn the same. Glorot’s sizes suit most layers.',
    see: ['glorot', 'seed']
  },
  input: {
    term: 'input',
    text: 'A number that the network gets of each example. With the right ones, a small network can do a lot.',
    see: ['neuron']
  },
  learningRate: {
    term: 'learning rate',
    text: 'How far the weights move in each step. Too small is slow; too large jumps past the goal.',
    see: ['gradient', 'optimizer']
  },
  loss: {
    term: 'loss',
    text: 'One number for how wrong the answers are; 0 is perfect. Training makes it smaller. Unlike accuracy it also tells how sure the network was.',
    see: ['accuracy', 'gradient']
  },
  momentum: {
    term: 'momentum',
    text: 'A share of the last step is kept in the next one, as a ball that rolls keeps rolling.',
    see: ['optimizer']
  },
  neuron: {
    term: 'neuron',
    text: 'Weighs its inputs, adds them up with its bias, and bends the sum. Its picture shows where it says much and where little.',
    see: ['weight', 'bias', 'activation']
  },
  optimizer: {
    term: 'optimizer',
    text: 'The rule that turns gradients into steps. Adam suits most networks; SGD is the plain one.',
    see: ['gradient', 'learningRate', 'momentum']
  },
  overfitting: {
    term: 'overfitting',
    text: 'Learning the training examples by heart: it does ever better on them, and worse on new ones. Fewer neurons, more examples or smaller weights help.',
    see: ['validation', 'regularizer', 'dropout']
  },
  regularizer: {
    term: 'keeping weights small',
    text: 'Large weights cost something, so that the network prefers smooth borders. It is also called regularisation; L1 makes some weights exactly 0, L2 makes all of them smaller.',
    see: ['overfitting', 'weight']
  },
  saliency: {
    term: 'saliency',
    text: 'Which parts of a picture an answer hangs on. Here, small places are covered with grey, one after the other: where the answer gets weaker, it hung on what was covered.',
    see: ['neuron']
  },
  saturation: {
    term: 'saturation',
    text: 'A sigmoid or tanh neuron whose sum is far from 0 answers with the end of its range, whatever changes. It is flat there, so hardly any gradient comes through.',
    see: ['activation', 'gradient']
  },
  schedule: {
    term: 'schedule',
    text: 'How the learning rate changes in the course of training: large steps at first, small ones at the end.',
    see: ['learningRate']
  },
  seed: {
    term: 'seed',
    text: 'The number from which all random numbers follow. The same seed gives the same run again.'
  },
  shape: {
    term: 'shape',
    text: 'How many numbers an example is, and how they are arranged: 2 is a point, 28 × 28 × 1 a grey picture.',
    see: ['input']
  },
  temperature: {
    term: 'temperature',
    text: 'How daringly a network that writes draws the next character. Low takes the likeliest again and again, high tries unlikely ones, too.'
  },
  test: {
    term: 'test',
    text: 'Examples that are kept aside for one honest score at the end. Who looks at them while choosing makes them part of the choice.',
    see: ['validation']
  },
  validation: {
    term: 'new examples',
    text: 'Examples that are not learned from (the validation part). They show how the network does on what it has not seen, and choose the best epoch.',
    see: ['overfitting', 'test']
  },
  weight: {
    term: 'weight',
    text: 'How much one input counts for a neuron: above 0 it pushes up, below 0 it pulls down. Learning is changing weights.',
    see: ['neuron', 'bias', 'gradient']
  }
} as const satisfies { readonly [id: string]: Entry }

/** All words that explain themselves, by id. */
export const words: { readonly [W in keyof typeof entries]: Word } = entries
