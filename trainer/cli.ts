import { data } from './cli/dataCommand'
import { listEngines } from './cli/enginesCommand'
import { exportNetwork } from './cli/exportCommand'
import { help } from './cli/help'
import { importModel } from './cli/importCommand'
import { lessons } from './cli/lessonsCommand'
import { readOptions, type Options } from './cli/options'
import { predict } from './cli/predictCommand'
import { compare, runs } from './cli/runsCommand'
import { sweep } from './cli/sweepCommand'
import { check, summarize } from './cli/summaryCommand'
import { train } from './cli/trainCommand'
import { BadInput } from './cli/words'

/** The entry of the command line tool: plain Node, no window. */

const commands: { readonly [name: string]: (options: Options) => number | Promise<number> } = {
  train,
  summary: summarize,
  check,
  predict,
  export: exportNetwork,
  import: importModel,
  data,
  lessons,
  runs,
  compare,
  sweep,
  engines: listEngines
}

async function run(words: readonly string[]): Promise<number> {
  const options = readOptions(words)
  const { command } = options
  if (options.help || command === undefined || command === 'help') {
    ;(options.help || command ? process.stdout : process.stderr).write(help)
    return options.help || command ? 0 : 2
  }
  if (!Object.hasOwn(commands, command))
    throw new BadInput(`There is no command ${command}. There are ${Object.keys(commands).join(', ')}.`)
  return commands[command]!(options)
}

// A reader that has seen enough, such as `head`, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 141 : 1))

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(error instanceof BadInput ? error.message : error)
    process.exitCode = error instanceof BadInput ? 2 : 1
  }
)
