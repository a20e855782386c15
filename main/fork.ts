import { utilityProcess, type UtilityProcess } from 'electron'
import { log } from './log'

/** What a process beside main is started with. */
export interface ForkOptions {
  /** As the log and the system call it. */
  readonly name: string
  readonly bundle: string
  readonly args?: readonly string[]
  /** Beside main's own environment. */
  readonly env?: { readonly [name: string]: string }
}

/** Starts a process beside main. What it prints goes to the log. */
export function fork({ name, bundle, args = [], env = {} }: ForkOptions): UtilityProcess {
  const child = utilityProcess.fork(bundle, [...args], {
    serviceName: name,
    stdio: 'pipe',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', ...env }
  })
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => log.info(`${name}: ${data.toString().trimEnd()}`))
  return child
}
