import * as tf from '@tensorflow/tfjs-core'
import type { Dataset } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import { sizeOf } from '@core/graph/signal'
import type { NamedTensor } from '@core/run/checkpoint'
import type { AnswerSlopes, GradientMeter, MeasuredGradients } from '../engine'
import { forward } from '@core/graph/forward'
import { configsOf, type PlannedNode, type SystemPlan } from '@core/graph/plan'
import { Knobs } from '../step/knobs'
import { Objective } from '../step/objective'
import { stepUniform } from '../step/random'
import { classLogOdds } from '../step/shares'
import { slopesOf } from '../step/trainStep'
import { activate, type EagerBackend } from './network'
import { Uploads } from './parts'
import { upload } from './weightStore'

/**
 * Gradients as a step of training has them, operation by operation: whatever engine trains the network, this is the
 * same arithmetic. Dropout leaves out the same numbers each time, so that one moment can be compared with another.
 */
export class EagerMeter implements GradientMeter {
  private readonly objective: Objective
  private readonly uploads: Uploads

  constructor(
    private readonly backend: EagerBackend,
    private readonly plan: SystemPlan,
    document: Document,
    dataset: Dataset
  ) {
    activate(backend)
    this.objective = new Objective(plan, backend.ops, document, dataset)
    this.uploads = new Uploads(dataset, this.objective.outputs, 0)
  }

  measure(rows: Int32Array, weights: readonly NamedTensor[], document: Document): MeasuredGradients {
    activate(this.backend)
    let found: MeasuredGradients
    tf.tidy(() => (found = this.measured(rows, weights, document)).loss)
    return found!
  }

  slopes(
    example: Float32Array,
    class_: number | undefined,
    weights: readonly NamedTensor[],
    document: Document
  ): AnswerSlopes {
    activate(this.backend)
    const { backend, plan, objective } = this
    const { ops } = backend
    const knobs = new Knobs(plan, document)
    const values = knobs.values(document, 1, 1)
    let found: AnswerSlopes
    tf.tidy(() => {
      const context = {
        ops,
        configs: configsOf(plan, document),
        weights: new Map(weights.map((w) => [w.name, upload(w)])),
        knobs: new Map(knobs.names.map((name, i) => [name, tf.scalar(values[i]!)])),
        random: undefined
      }
      const said = tf.valueAndGrad((x) => {
        const pass = forward(plan.main, x as tf.Tensor, context)
        return class_ === undefined
          ? ops.reshape(pass.prediction, [])
          : classLogOdds(ops, pass, objective, class_)
      })
      const { value, grad } = said(tf.tensor(example, [1, ...plan.main.source.shape]))
      found = { value: value.dataSync()[0]!, slopes: Float32Array.from(grad.dataSync()) }
      return value
    })
    return found!
  }

  private measured(rows: Int32Array, weights: readonly NamedTensor[], document: Document): MeasuredGradients {
    const { backend, plan, objective } = this
    const knobs = new Knobs(plan, document)
    const values = knobs.values(document, 1, 1)
    const { scheme, clipping } = document.training
    const phase = plan.scheme.phases[0]!
    const configs = configsOf(plan, document)
    const learning = learningNodes(plan)
    const { loss, raw, nudged } = slopesOf(
      { plan, phase, ops: backend.ops, configs, schemeConfig: scheme.config, objective, knobs, clipping },
      {
        ...this.uploads.upload(rows),
        weights: new Map(weights.map((w) => [w.name, upload(w)])),
        knobs: new Map(knobs.names.map((name, i) => [name, tf.scalar(values[i]!)])),
        random: (nodeId) => {
          const draw = stepUniform(document.training.seed, nodeId, 0)
          return (shape) => tf.tensor(draw(sizeOf(shape)), [...shape])
        }
      },
      new Map(learning.map(({ id, shape }) => [id, tf.zeros([rows.length, ...shape])]))
    )
    // What is minimised is a mean over the examples.
    const each = 1 / objective.share(rows.length)
    const { trained } = plan.networks[phase.learns]!
    return {
      loss: objective.reported(loss.dataSync()[0]!, 0, rows.length),
      weights: new Map(trained.map(({ name }, i) => [name, Float32Array.from(raw[i]!.dataSync())])),
      answers: new Map(
        learning.map(({ id }, i) => [id, Float32Array.from(nudged[i]!.dataSync(), (slope) => slope * each)])
      )
    }
  }
}

/** Layers with weights that learn, but the one whose answers are the network's. */
function learningNodes({ main }: SystemPlan): PlannedNode[] {
  const last = main.sink.inputs['prediction']?.node
  return main.nodes.filter(({ id }) => id !== last && main.trained.some(({ nodeId }) => nodeId === id))
}
