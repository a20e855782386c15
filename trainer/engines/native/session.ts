import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeBackend, type Binding } from './binding'
import { TAG, type Graph } from '@core/export/tensorflow/graph'

/** One way of running a session: what is fed and what is fetched, with their names joined once. */
export interface Call {
  readonly feeds: string
  readonly fetches: string
}

/** Names of placeholders and of nodes whose first output is wanted. */
export function call(feeds: readonly string[], fetches: readonly string[]): Call {
  const first = (names: readonly string[]): string => names.map((name) => `${name}:0`).join()
  return { feeds: first(feeds), fetches: first(fetches) }
}

/** A graph in a TensorFlow session of its own, with the variables that live in it. */
export class NativeSession {
  private readonly binding: Binding
  private readonly id: number

  constructor(graph: Graph) {
    this.binding = nodeBackend().binding
    const folder = mkdtempSync(join(tmpdir(), 'netloom-graph-'))
    try {
      writeFileSync(join(folder, 'saved_model.pb'), graph.savedModel())
      this.id = this.binding.loadSavedModel(folder, TAG)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  /** Runs with these tensors, in the order of the call's feeds, and reads what is fetched. */
  run({ feeds, fetches }: Call, inputs: readonly number[]): (Float32Array | Int32Array | Uint8Array)[] {
    const { binding } = this
    return binding.runSavedModel(this.id, inputs, feeds, fetches).map(({ id }) => {
      const values = binding.tensorDataSync(id)
      binding.deleteTensor(id)
      return values
    })
  }

  /** A tensor for `run`. It has to be deleted. The array must not change as long as the tensor is used. */
  tensor(type: number, shape: readonly number[], values: ArrayBufferView): number {
    return this.binding.createTensor(shape, type, values)
  }

  delete(...tensors: readonly number[]): void {
    for (const id of tensors) this.binding.deleteTensor(id)
  }

  dispose(): void {
    this.binding.deleteSavedModel(this.id)
  }
}
