/** How the process ended, as Electron tells it; undefined where it did not say. */
export type DeathReason =
  | 'clean-exit'
  | 'abnormal-exit'
  | 'killed'
  | 'crashed'
  | 'oom'
  | 'launch-failed'
  | 'integrity-failure'
  | undefined

/** What there is to say about the end of a training process. */
export interface Death {
  readonly reason: DeathReason
  readonly training: boolean
  /** The epoch of the newest checkpoint. */
  readonly checkpoint: number | undefined
  /** It is not started again by itself. */
  readonly final: boolean
}

const reasons: { readonly [R in NonNullable<DeathReason>]: string } = {
  'clean-exit': 'ended by itself',
  'abnormal-exit': 'ended with an error',
  killed: 'was closed by the system (killed)',
  crashed: 'crashed',
  oom: 'ran out of memory',
  'launch-failed': 'could not be started',
  'integrity-failure': 'could not be started because its file is damaged'
}

/** The end of a training process in words for the person who was using it. */
export function deathWords({ reason, training, checkpoint, final }: Death): string {
  const what = `the training process ${reason === undefined ? 'ended unexpectedly' : reasons[reason]}`
  const first = training ? `Training stopped: ${what}.` : `${what[0]!.toUpperCase()}${what.slice(1)}.`
  const safe =
    checkpoint === undefined
      ? 'Your network is safe.'
      : `Your network is safe; the last saved state is epoch ${checkpoint.toLocaleString('en-US')}.`
  if (!final) return `${first} ${safe}`
  const again =
    'It failed several times in a row, so Netloom has stopped starting it. Press Train to try again.'
  return `${first} ${safe} ${again}`
}
