import { z } from 'zod'

const setting = z.union([z.number(), z.boolean(), z.string(), z.looseObject({ type: z.string() })])

/** What scripts/bench/workloads.mjs describes, as far as our side reads it. */
export const workloadSchema = z.object({
  group: z.enum(['interactive', 'throughput', 'grid', 'growth']),
  /** Shape of one example. */
  input: z.array(z.number()),
  /** Rows to learn from. */
  rows: z.number(),
  data: z.object({ kind: z.enum(['noise', 'circle', 'sums', 'digits']), classes: z.number().optional() }),
  batch: z.number().nullable(),
  loss: z.string(),
  layers: z.array(z.record(z.string(), setting)),
  optimizer: z.looseObject({ type: z.string() }),
  stepsPerCall: z.number().optional(),
  epochs: z.number().optional(),
  metrics: z.boolean().optional()
})

export type Workload = z.infer<typeof workloadSchema>
