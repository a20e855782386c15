// A process that is asked one thing at a time over stdin and stdout, one JSON object a line. It lives through all
// rounds of a workload, so that sides can take turns without anyone starting up in between.
import { spawn } from 'node:child_process'
import readline from 'node:readline'

/** Starts a process. `name` is for messages; what it prints on stderr is shown when it ends before its time. */
export function startPeer(name, program, args, env = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
  let complaints = ''
  let ended
  let waiting
  const end = (how) => {
    ended ??= new Error(`${name} ended with ${how}: ${complaints.trim().split('\n').slice(-8).join('\n')}`)
    waiting?.reject(ended)
  }
  child.stderr.on('data', (data) => (complaints = `${complaints}${data}`.slice(-20_000)))
  child.on('error', (error) => end(error.message))
  child.on('close', (code, signal) => end(signal ?? code))
  child.stdin.on('error', (error) => end(error.message))
  readline.createInterface({ input: child.stdout }).on('line', (line) => {
    const { resolve, reject } = waiting
    waiting = undefined
    const reply = JSON.parse(line)
    if (reply.error === undefined) resolve(reply)
    else reject(new Error(`${name}: ${reply.error}`))
  })
  return {
    name,
    /** Resolves to the answer; rejects when the process says `error` or ends. */
    ask: (what, details = {}) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        waiting = { resolve, reject }
        child.stdin.write(`${JSON.stringify({ do: what, ...details })}\n`)
      }),
    close: () => {
      ended = new Error(`${name} was closed`)
      child.kill('SIGKILL')
    }
  }
}
