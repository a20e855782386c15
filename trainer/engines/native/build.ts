import type { NamedTensor } from '@core/run/checkpoint'
import { sizeOf } from '@core/graph/signal'
import { optimizers } from '@core/registry'
import type { Phase } from '@core/registry/define'
import type { NetworkPlan } from '@core/graph/plan'
import { DType, Graph } from '@core/export/tensorflow/graph'
import { dataVariables, type DataVariables, type ProgramContext } from './program'
import { addAnswers, addEvaluation, addSettled, addTraining } from './programs'
import { addSteps } from './steps'
import { settledPlan } from '../step/settled'
import { call, NativeSession, type Call } from './session'
import { addVariable, type Variable } from './variables'

/** How many rows each program takes. */
export interface ProgramSizes {
  /** One training program for each size of a batch. */
  readonly sizes: readonly number[]
  readonly evaluateRows: number
  readonly answerRows: number
  /** What the rows of a step show is fed, in the place of what the data set has for them. */
  readonly fed: boolean
  /** A call of a training program makes several updates. */
  readonly several: boolean
}

/** A session with all programs of a network, and how to call them. */
export interface BuiltNetwork {
  readonly session: NativeSession
  /**
   * Feeds rows, knobs, step, and where they are fed the examples; where a call makes several updates rows and knobs of
   * all, the first step, and how many there are.
   */
  readonly training: (phase: Phase, size: number) => Call
  /**
   * Feeds rows, knobs: keeps what the settled layers answer to these rows, which has to be done before any other program
   * sees them, and again when their weights have changed. Undefined where no layer is settled.
   */
  readonly settle: Call | undefined
  /** Feeds rows, knobs. */
  readonly evaluation: (outputs: readonly string[]) => Call
  /** Feeds x, knobs, and the named weights. */
  readonly answers: (network: NetworkPlan, outputs: readonly string[], weights: readonly string[]) => Call
  /** Weights and slots by their full names. */
  readonly read: (names: readonly string[]) => NamedTensor[]
  readonly write: (state: readonly NamedTensor[]) => void
  readonly dispose: () => void
}

/**
 * Compiles a network: all its programs in one graph, because a session cannot be added to, and sessions do not share
 * variables. Stops after each program, so that others may have their turn in between.
 */
export function* buildNetwork(
  source: Omit<ProgramContext, 'graph' | 'weights' | 'slots' | 'data'>,
  { sizes, evaluateRows, answerRows, fed, several }: ProgramSizes
): Generator<void, BuiltNetwork> {
  const { plan, document, dataset } = source
  const graph = new Graph()
  const { type, config } = document.training.optimizer
  // Names of nodes may hold anything; names in a graph may not.
  const weights = new Map(
    plan.weights.map(({ name, spec }, i) => [name, addVariable(graph, `weight${i}`, spec.shape)])
  )
  const slots = new Map(
    plan.trained.flatMap(({ name, spec }, i) =>
      Object.keys(optimizers[type]!.slots(config)).map(
        (slot) => [`${name}/${slot}`, addVariable(graph, `slot${i}/${slot}`, spec.shape)] as const
      )
    )
  )
  const data = dataVariables(graph, dataset)
  const context: ProgramContext = { ...source, graph, weights, slots, data }
  // Examples that are fed are others each time: no answer to them can be kept.
  const settled = fed ? undefined : dataset.y && settledPlan(plan, dataset.rows)
  const kept = settled && addSettled(context, settled, evaluateRows)
  if (kept) yield
  const learning = kept?.learning ?? context
  const training = new Map<string, Call>()
  for (const phase of plan.scheme.phases)
    for (const size of sizes) {
      const name = several ? addSteps(learning, phase, size) : addTraining(learning, phase, size, fed)
      const more = several ? ['many'] : fed ? ['examples'] : []
      const feeds = ['rows', 'knobs', 'step', ...more].map((what) => `${name}/${what}`)
      training.set(`${phase.id} ${size}`, call(feeds, [`${name}/scores`]))
      yield
    }
  const measures = plan.scheme.compares || plan.scheme.measure !== undefined
  const evaluate = measures ? addEvaluation(learning, evaluateRows) : ''
  yield
  const answers = new Map<NetworkPlan, string>()
  for (const network of plan.networks) {
    answers.set(network, addAnswers(context, network, answerRows))
    yield
  }
  const session = new NativeSession(graph)
  if (kept) session.run(call([], [kept.cleared]), [])
  const variables = new Map([...weights, ...slots])
  writeData(session, data, dataset)
  return {
    session,
    settle: kept && call([`${kept.name}/rows`, `${kept.name}/knobs`], [`${kept.name}/done`]),
    training: (phase, size) => training.get(`${phase.id} ${size}`)!,
    evaluation: (outputs) =>
      call(
        [`${evaluate}/rows`, `${evaluate}/knobs`],
        outputs.map((output) => `${evaluate}/${output}`)
      ),
    answers: (network, outputs, names) => {
      const answer = answers.get(network)!
      return call(
        [`${answer}/x`, `${answer}/knobs`, ...names.map((name) => weights.get(name)!.read)],
        outputs.map((output) => `${answer}/${output}`)
      )
    },
    read: (names) => readVariables(session, variables, names),
    write: (state) => writeVariables(session, variables, state),
    dispose: () => session.dispose()
  }
}

function readVariables(
  session: NativeSession,
  variables: ReadonlyMap<string, Variable>,
  names: readonly string[]
): NamedTensor[] {
  if (names.length === 0) return []
  const read = session.run(
    call(
      [],
      names.map((name) => variables.get(name)!.read)
    ),
    []
  )
  return names.map((name, i) => ({
    name,
    shape: variables.get(name)!.shape,
    values: read[i] as Float32Array
  }))
}

function writeVariables(
  session: NativeSession,
  variables: ReadonlyMap<string, Variable>,
  state: readonly NamedTensor[]
): void {
  if (state.length === 0) return
  const set = state.map(({ name }) => variables.get(name)!)
  const ids = state.map(({ values }, i) => session.tensor(DType.float, set[i]!.shape, values.slice()))
  session.run(
    call(
      set.map(({ fed }) => fed),
      set.map(({ set: node }) => node)
    ),
    ids
  )
  session.delete(...ids)
}

function writeData(
  session: NativeSession,
  { x, y }: DataVariables,
  dataset: ProgramContext['dataset']
): void {
  const put = (variable: Variable, values: Float32Array | Int32Array | Uint8Array): void => {
    if (values.length !== sizeOf(variable.shape)) throw new Error('The data has another size than it says.')
    const id = session.tensor(variable.type, variable.shape, values.slice())
    session.run(call([variable.fed], [variable.set]), [id])
    session.delete(id)
  }
  put(x, dataset.x)
  if (y) put(y, dataset.y!)
}
