import { cpus } from 'node:os'
import type { Machine } from '@core/runs/kept'
import { version } from '../../package.json'

/** This computer and what trains on it, as TensorFlow was set up by the environment. */
export function thisMachine(environment: NodeJS.ProcessEnv = process.env): Machine {
  const { node, electron } = process.versions
  const [processor] = cpus()
  return {
    netloom: version,
    node,
    ...(electron === undefined ? {} : { electron }),
    platform: `${process.platform} ${process.arch}`,
    processor: processor?.model.trim() ?? '',
    // By itself TensorFlow uses all there are.
    threads: Number(environment['TF_NUM_INTRAOP_THREADS'] ?? 0) || cpus().length,
    oneDnn: environment['TF_ENABLE_ONEDNN_OPTS'] === '1'
  }
}
