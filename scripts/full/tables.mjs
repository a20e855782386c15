// What npm run test:full found, as tables of docs/test-full.md.
import { table } from '../bench/tables.mjs'

/** 0.96, 42, 0.0123 */
const number = (value) => String(Number(value.toPrecision(3)))

/** One line a part; parts that were not run say so. */
export function partTable(parts, results) {
  return table(
    ['part', 'what it shows', 'result', 'time'],
    parts.map(({ name, shows }) => {
      const result = results[name]
      const word = result === undefined ? 'not run' : result.passed ? 'passed' : '**failed**'
      return [name, shows, word, result === undefined ? '' : time(result.seconds)]
    })
  )
}

/** One line a claim of a lesson: what was reached, what the goal is, over which seeds, on what, in which time. */
export function lessonTable(lessons) {
  return table(
    ['lesson', 'what is measured', 'reached', 'goal', 'seeds', 'engine', 'steps', 'time'],
    lessons.flatMap(({ id, claims, seeds, engines, steps, seconds }) =>
      claims.map(({ of, measure, epoch, is, goal, by = 'each', values, reached }, i) => [
        i === 0 ? id : '',
        `${of === 'plain' ? '' : `${of}: `}${words(measure)}${epoch === undefined ? '' : ` after epoch ${epoch}`}`,
        `${values.map(number).join(', ')}${reached ? '' : ' **missed**'}`,
        `${is} ${number(goal)}${values.length === 1 || by === 'each' ? '' : by === 'mean' ? ', mean' : `, ${by} of ${values.length}`}`,
        ...(i === 0
          ? [seeds.join(', '), engines.join(', '), steps.toLocaleString('en-US'), time(seconds)]
          : ['', '', '', ''])
      ])
    )
  )
}

/** "trainAccuracy" → "train accuracy" */
const words = (name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const time = (seconds) =>
  seconds < 90 ? `${number(seconds)} s` : `${Math.round(seconds / 60).toLocaleString('en-US')} min`
