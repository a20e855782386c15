import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Document } from '@core/document/schema'
import type { EpochPoint, RunEvent } from '@core/run/events'
import { firstProject } from '@core/templates'
import type { Machine } from '@core/runs/kept'
import { Recorder, type RunAbout } from '@trainer/runs/recorder'
import { afterEach } from 'vitest'

const machine: Machine = {
  ...{ netloom: '0.1.0', node: '20', platform: 'linux x64', processor: 'any', threads: 1, oneDnn: false }
}
const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder for a store, removed after the test. */
export function storeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-runs-'))
  folders.push(folder)
  return folder
}

export const named = (name: string): Document => ({ ...firstProject, name })

export function openRecorder(folder: string): Recorder {
  return Recorder.open(folder, machine, (error) => {
    throw error
  })
}

export function about(document: Document, more: Partial<RunAbout> = {}): RunAbout {
  return {
    ...{ document, files: {}, now: () => document, from: 0, history: [], parent: undefined },
    ...{ parameters: 17, commonest: 0.5, midway: false },
    ...more
  }
}

export const point = (epoch: number, more: Partial<EpochPoint> = {}): EpochPoint => ({
  ...{ epoch, step: epoch, loss: 1 / epoch, trainLoss: 1 / epoch, valLoss: 1 / epoch + 0.1, ms: 1 },
  ...more
})

export const started = (from: number, epochs: number): RunEvent => ({
  ...{ type: 'started', runId: '', engine: { id: 'fused', title: 'Fused WebAssembly', threads: 1 } },
  ...{ from, epochs, stepsPerEpoch: 1, rows: { train: 70, validation: 65, test: 65 }, seed: 1 }
})

export const epochEvent = (p: EpochPoint, seconds = p.epoch / 100): RunEvent => ({
  ...{ type: 'epoch', point: p, seconds }
})

export const endedEvent = (epoch: number, how: 'finished' | 'stopped' = 'finished'): RunEvent => ({
  ...{ type: 'ended', how, epoch, seconds: epoch / 100, stepsPerSecond: 100 }
})
