import { defineFormat } from '../format'
import { npzFile } from '../npy'
import { exportedWeights } from '../weights'

/** A .npz as numpy.savez writes it: a zip, stored, with a .npy an array. */
export default defineFormat({
  type: 'npz',
  title: 'NumPy weights',
  ending: '.npz',
  summary: 'Numbers alone, for Python',
  icon: 'grid-3x3',
  docs: 'Every weight as an array of float32, by the name of its layer and its own: hidden/kernel. The network itself is not in it.',
  fields: {},
  refuses: () => [],
  write: (model) => ({
    [`${model.name}.npz`]: npzFile(
      Object.fromEntries(exportedWeights(model).map(({ name, shape, values }) => [name, { shape, values }]))
    )
  }),
  usage: (model) => ({
    language: 'python',
    install: 'pip install numpy',
    code: `import numpy as np

weights = np.load("${model.name}.npz")
for name in weights.files:
    print(name, weights[name].shape)
`
  })
})
