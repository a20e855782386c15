import type { Result } from '../../../result'
import { kerasNetwork } from '../../keras/network'
import type { ExportModel } from '../../model'
import { trainingFacts } from '../facts'
import { SAMPLES, WEIGHTS } from '../files'
import { plain, type CodeLine, type CodeProgram } from '../lines'
import { nodeOf } from '../nodes'
import { kerasModel } from './network'
import { kerasTraining } from './training'

/** The file of a program: "two_moons.py", a name that Python can import. */
export function moduleName({ name }: Pick<ExportModel, 'name'>): string {
  const plainName = name.replaceAll('-', '_')
  return /^\d/.test(plainName) ? `network_${plainName}` : plainName
}

/** A program in Keras 3, or a problem for each node that Keras has nothing for. */
export function kerasProgram(model: ExportModel): Result<CodeProgram> {
  const network = kerasNetwork(model, 'keras3')
  if (!network.ok) return network
  const facts = trainingFacts(model)
  const training = facts && kerasTraining(facts, model.data.scale)
  const trains = training !== undefined && 'lines' in training
  const lacks = !training
    ? ['It learns in a way of its own, which this program leaves out.']
    : 'lacks' in training
      ? [training.lacks]
      : facts!.lacks
  const file = `${moduleName(model)}.py`
  const lines: readonly CodeLine[] = [
    ...plain(heading(model, file, trains, lacks)),
    ...plain('\nimport sys\n\nimport keras\nimport numpy as np\nfrom keras import layers\n\n'),
    ...kerasModel(network.value, nodeOf(model)),
    ...plain('\n'),
    ...(trains ? [...training.lines, ...plain('\n')] : []),
    ...plain(COMPARE),
    ...plain('\n'),
    ...plain(trains ? MAIN : MAIN_WITHOUT_TRAINING)
  ]
  return { ok: true, value: { language: 'python', file, lines, lacks } }
}

function heading({ title }: ExportModel, file: string, trains: boolean, lacks: readonly string[]): string {
  const plainTitle = title.replace(/[\\"\p{Cc}]/gu, ' ').trim()
  const asks = `python ${file}`
  return [
    `"""${plainTitle}, as Netloom made it: the same network in Keras 3.`,
    '',
    `${asks}${trains ? '      ' : ''}  compares its answers with those it gave in Netloom`,
    ...(trains ? [`${asks} train  trains it again from the same start`] : []),
    ...(lacks.length === 0 ? [] : ['', 'What is left out:', ...lacks.map((what) => `- ${what}`)]),
    '"""'
  ].join('\n')
}

const COMPARE = `def compare(model):
    """How far its answers are from those that Netloom got, at most."""
    samples = np.load("${SAMPLES}")
    model.load_weights("${WEIGHTS}")
    answers = model.predict(samples["x"], verbose=0)
    print("largest difference:", np.abs(answers - samples["answers"]).max())`

const MAIN = `if __name__ == "__main__":
    if "train" in sys.argv:
        model = make_model()
        train(model)
        model.save_weights("again.weights.h5")
    else:
        compare(make_model())`

const MAIN_WITHOUT_TRAINING = `if __name__ == "__main__":
    compare(make_model())`
