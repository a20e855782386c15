import { toTrainerSchema, type FromTrainer, type MainToTrainer, type TrainerToMain } from '@core/ipc'
import type { Result } from '@core/result'
import { chooseEngine } from './engines/choose'
import { EventQueue } from './eventQueue'
import { openRecorder } from './runs/keeping'
import type { Recorder } from './runs/recorder'
import { engineFailed, Session } from './session'

/** The entry of the training process, an Electron utility process. It is given the view worker's bundle. */

const viewWorker = process.argv[2]

const queue = new EventQueue()
let port: Electron.MessagePortMain | undefined

const toMain = (message: TrainerToMain): void => process.parentPort.postMessage(message)
const toWindow = (message: FromTrainer): void => {
  // Nobody hears of an epoch that could still be lost.
  if (message.type === 'events') recorder?.commit()
  port?.postMessage(message)
}

let recorder: Recorder | undefined

const session = new Session(
  {
    event: (event) => {
      recorder?.note(event)
      queue.add(event)
    },
    begin: (run) => {
      recorder ??= openRecorder((words) => toMain({ type: 'notKept', words }))
      return recorder?.begin(run)
    },
    keepWeights: (states) => recorder?.keepWeights(states),
    speed: toWindow,
    answer: toWindow,
    training: (on, epoch) => toMain({ type: 'training', on, epoch }),
    checkpoint: (epoch, checkpoint) => toMain({ type: 'checkpoint', epoch, checkpoint }),
    givingUp: (epoch, structure, checkpoint) => toMain({ type: 'givingUp', epoch, structure, checkpoint })
  },
  { paced: true, ...(viewWorker === undefined ? {} : { viewWorker }) }
)

/** Says what went wrong where main can read it, and leaves: main starts another process. */
function die(error: unknown): void {
  console.error(error)
  recorder?.commit()
  process.exit(1)
}
process.on('uncaughtException', die)
process.on('unhandledRejection', die)

function connect(next: Electron.MessagePortMain): void {
  port?.close()
  port = next
  next.on('message', ({ data }: Electron.MessageEvent) => {
    const message = toTrainerSchema.safeParse(data)
    if (!message.success) console.error(`A message of the window makes no sense: ${message.error.message}`)
    else if (message.data.type === 'ack') queue.acknowledge(message.data.seq)
    else session.receive(message.data)
  })
  next.on('close', () => {
    if (port !== next) return
    port = undefined
    queue.disconnect()
  })
  next.start()
  queue.connect(toWindow)
}

/** Main waits for an answer, also where something goes wrong that should not. */
async function reply(id: number, work: Promise<Result<void>>): Promise<void> {
  toMain({ type: 'reply', id, result: await work.catch(engineFailed) })
}

async function answer(message: MainToTrainer): Promise<void> {
  switch (message.type) {
    case 'port':
      return
    case 'prepare':
      return reply(message.id, session.prepare(message))
    case 'start':
      return reply(message.id, session.start(message.request, message.checkpoint))
    case 'recall':
      return reply(message.id, session.recall(message))
    case 'take':
      return reply(message.id, session.take(message))
    case 'capture':
      return toMain({ type: 'captured', id: message.id, checkpoint: await session.capture(message.epoch) })
    case 'bye':
      await session.dispose()
      await recorder?.close()
      toMain({ type: 'bye' })
      // The message is on its way when this turn is over.
      setImmediate(() => process.exit(0))
  }
}

process.parentPort.on('message', ({ data, ports }: Electron.MessageEvent) => {
  if (ports[0]) connect(ports[0])
  answer(data as MainToTrainer).catch(die)
})

chooseEngine('auto')
  .then(({ info }) => toMain({ type: 'ready', engine: info }))
  .catch(die)
