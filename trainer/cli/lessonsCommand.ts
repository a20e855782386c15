import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { lessonProjectOf, lessonProjects, TOPICS, type LessonProject } from '@core/lessons/projects'
import { measures } from '../verify/measures'
import { keepResult, presentCommit, readResults, type KeptResult } from '../verify/record'
import { verifyLesson, type ClaimResult, type LessonResult } from '../verify/verifyLesson'
import type { Options } from './options'
import { setUpTensorflow } from './setUpTensorflow'
import { BadInput, problemLines, table } from './words'

/** `netloom lessons`: lists them, or with `--verify` trains them and compares what they reach with their goals. */
export async function lessons(options: Options): Promise<number> {
  const chosen = choose(options.only)
  if (options.verify) return verify(chosen, options)
  if (options.json)
    for (const { id, title, topic, goal } of chosen)
      process.stdout.write(`${JSON.stringify({ event: 'lesson', id, title, topic, goal })}\n`)
  else
    process.stdout.write(
      TOPICS.map((topic) => chosen.filter((lesson) => lesson.topic === topic))
        .filter((group) => group.length > 0)
        .map((group) => `${group[0]!.topic}\n${table(group.map(({ id, goal }) => [`  ${id}`, goal]))}\n`)
        .join('\n')
    )
  return 0
}

function choose(only: string | undefined): readonly LessonProject[] {
  if (only === undefined) return lessonProjects
  return only.split(',').map((id) => {
    const found = lessonProjectOf(id.trim())
    const ids = lessonProjects.map((lesson) => lesson.id).join(', ')
    if (!found) throw new BadInput(`There is no lesson ${id.trim()}. There are ${ids}.`)
    return found
  })
}

/** Trains one lesson after the other. 1 where a goal is missed, 0 where all are reached. */
async function verify(chosen: readonly LessonProject[], options: Options): Promise<number> {
  const { json, resume } = options
  const mode = options.quick ? 'quick' : 'full'
  const commit = presentCommit()
  const kept = resume === undefined ? new Map<string, KeptResult>() : readResults(resume, commit, mode)
  let missed = 0
  let seconds = 0
  for (const project of chosen) {
    const before = kept.get(project.id)
    const result = before ?? (await (chosen.length > 1 ? apart : fresh)(project, mode, commit))
    if (!result) {
      missed++
      continue
    }
    if (resume !== undefined && !before) keepResult(resume, result)
    process.stdout.write(`${json ? JSON.stringify(result) : resultText(result)}\n`)
    if (!result.reached) missed++
    seconds += result.seconds
  }
  const summary = { event: 'done', lessons: chosen.length, missed, seconds: rounded(seconds), mode, commit }
  const text = `${chosen.length - missed} of ${chosen.length} lessons reach their goals (${mode}, ${summary.seconds} s).`
  process.stdout.write(`${json ? JSON.stringify(summary) : text}\n`)
  return missed === 0 ? 0 : 1
}

/** In a process of its own: each lesson has TensorFlow set up as the app would, and that is done once a process. */
async function apart({ id }: LessonProject, mode: LessonResult['mode']): Promise<KeptResult | undefined> {
  const words = ['lessons', '--verify', '--json', '--only', id, ...(mode === 'quick' ? ['--quick'] : [])]
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...words], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const lines = (await text(child.stdout)).split('\n')
  const line = lines.find((one) => one.startsWith('{"event":"lesson"'))
  return line === undefined ? undefined : (JSON.parse(line) as KeptResult)
}

async function fresh(
  project: LessonProject,
  mode: LessonResult['mode'],
  commit: string | undefined
): Promise<KeptResult | undefined> {
  setUpTensorflow(project.document, {})
  const result = await verifyLesson(project, mode)
  if (result.ok)
    return {
      event: 'lesson',
      ...result.value,
      seconds: rounded(result.value.seconds),
      commit: commit ?? 'unknown'
    }
  for (const line of problemLines(result.problems)) console.error(`${project.id}: ${line}`)
  return undefined
}

/** "perceptron  reached in 0.4 s on native (seeds 0, 1)", then what was measured and what was worked out. */
function resultText({ id, reached, seconds, engines, seeds, claims, lines }: LessonResult): string {
  const head = `${id.padEnd(20)} ${reached ? 'reached' : 'MISSED '}  ${seconds} s on ${engines.join(', ')}, ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`
  return [head, ...claims.map(claimText), ...lines.map((line) => `    ${line}`)].join('\n')
}

function claimText({ of, measure, epoch, is, goal, by = 'each', values, reached }: ClaimResult): string {
  const { title, unit } = measures[measure]
  const number = (value: number): string =>
    unit === 'share' ? `${(100 * value).toFixed(1)} %` : String(Number(value.toPrecision(4)))
  const whose = `${of === 'plain' ? '' : `${of}: `}${title}${epoch === undefined ? '' : ` after epoch ${epoch}`}`
  const who =
    values.length === 1 || by === 'each' ? '' : by === 'mean' ? ', mean' : `, ${by} of ${values.length}`
  return `  ${reached ? '✓' : '✗'} ${whose}: ${values.map(number).join(', ')} (goal: ${is} ${number(goal)}${who})`
}

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10
