import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { lessonProjectOf, type Claim, type LessonProject } from '@core/lessons/projects'
import { unwrap } from '@core/result'
import { readOptions } from '@trainer/cli/options'
import { lessons } from '@trainer/cli/lessonsCommand'
import { measures, type Trained } from '@trainer/verify/measures'
import { keepResult, presentCommit, readResults, type KeptResult } from '@trainer/verify/record'
import { documentOf, isReached, verifyLesson } from '@trainer/verify/verifyLesson'
import { at } from '../../scripts/setup/places.mjs'

const claim = (more: Partial<Claim>): Claim => ({
  of: 'plain',
  measure: 'trainAccuracy',
  is: 'at least',
  goal: 0.9,
  ...more
})

describe('a claim', () => {
  test.each([
    [claim({}), [0.9, 0.95], true],
    [claim({}), [0.95, 0.89], false],
    [claim({ is: 'at most' }), [0.9, 0.1], true],
    [claim({ is: 'at most' }), [0.9, 0.91], false],
    [claim({ by: 'mean' }), [0.8, 1], true],
    [claim({ by: 'mean' }), [0.8, 0.99], false],
    [claim({ by: 2 }), [0.1, 0.9, 1], true],
    [claim({ by: 2 }), [0.1, 0.2, 1], false],
    [claim({}), [NaN], false],
    [claim({ is: 'at most', by: 'mean' }), [NaN, 0], false]
  ])('%j of %j: %s', (one, values, reached) => {
    expect(isReached(one, values)).toBe(reached)
  })
})

describe('a measure', () => {
  const losses = (...values: number[]): Trained['history'] =>
    values.map((trainLoss, i) => ({ epoch: i + 1, step: i + 1, loss: trainLoss, trainLoss, ms: 1 }))
  const trained = (history: Trained['history'], how: Trained['ended']['how'] = 'finished'): Trained =>
    ({
      history,
      ended: { type: 'ended', how, epoch: history.length, seconds: 1, stepsPerSecond: 1 }
    }) as Trained

  test('rises: how often a loss is above that of a tenth of the run before', () => {
    expect(measures.rises.of(trained(losses(10, 9, 8, 7, 6, 5, 4, 3, 2, 1)))).toBe(0)
    expect(measures.rises.of(trained(losses(10, 9, 11, 7, 6, 5, 4, 3, 2, 2.5)))).toBe(2)
  })

  test('diverged: by the loop’s word, or a loss of ten times the first', () => {
    expect(measures.diverged.of(trained(losses(1, 5, 10)))).toBe(0)
    expect(measures.diverged.of(trained(losses(1, 5, 11)))).toBe(1)
    expect(measures.diverged.of(trained(losses(1), 'diverged'))).toBe(1)
  })

  test('the first perfect epoch, and none', () => {
    const point = { step: 1, loss: 0, ms: 1 }
    const history = [0.9, 1, 0.9].map((trainAccuracy, i) => ({ ...point, epoch: i + 1, trainAccuracy }))
    expect(measures.perfectEpoch.of(trained(history))).toBe(2)
    expect(measures.perfectEpoch.of(trained(history.slice(0, 1)))).toBe(Infinity)
  })
})

describe('verifying a lesson', () => {
  const small = lessonProjectOf('perceptron')!
  const withClaims = (...claims: Claim[]): LessonProject => {
    const plan = { runs: [{ name: 'plain', seeds: [0, 1], changes: { 'training.epochs': 3 } }], claims }
    return { ...small, verify: { full: plan, quick: plan } }
  }

  test('changes settings and seeds, and nothing else', () => {
    const document = documentOf(small, { name: 'x', seeds: [4], changes: { 'training.epochs': 3 } }, 4)
    expect(document).toEqual({
      ...small.document,
      training: { ...small.document.training, epochs: 3, seed: 4 }
    })
    expect(() => documentOf(small, { name: 'x', seeds: [0], variant: 'none' }, 0)).toThrow('no variant')
    expect(() => documentOf(small, { name: 'x', seeds: [0], changes: { 'nodes.x.y': 1 } }, 0)).toThrow(
      'There is no setting nodes.x.y'
    )
  })

  test('tells what each seed came to, and whether the goals are reached', async () => {
    const goals = [claim({ goal: 1 }), claim({ goal: 0.5, epoch: 2 }), claim({ is: 'at most', goal: 0.2 })]
    const result = unwrap(await verifyLesson(withClaims(...goals), 'full'))
    expect(result).toMatchObject({ id: 'perceptron', mode: 'full', reached: false, seeds: [0, 1] })
    expect(result.claims.map(({ reached }) => reached)).toEqual([true, true, false])
    expect(result.claims[0].values).toEqual([1, 1])
    // 100 flowers, one a step, for 3 epochs and 2 seeds.
    expect(result.steps).toBe(600)
  })

  test('weights that a lesson sets by hand are there', async () => {
    const result = unwrap(await verifyLesson(lessonProjectOf('symbolic-probe')!, 'quick'))
    expect(result.claims[0].values[0]).toBeCloseTo(0.9, 6)
  })
})

describe('kept results', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netloom-verify-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const result = (more: Partial<KeptResult>): KeptResult => ({
    event: 'lesson',
    commit: 'abc',
    id: 'perceptron',
    mode: 'full',
    reached: true,
    claims: [],
    seeds: [0],
    engines: ['native'],
    steps: 1,
    seconds: 1,
    lines: [],
    ...more
  })

  test('are those of the same commit and mode; a line that was cut off is none', () => {
    const file = join(folder, 'results.jsonl')
    expect(readResults(file, 'abc', 'full').size).toBe(0)
    for (const one of [
      result({}),
      result({ id: 'adaline', commit: 'old' }),
      result({ id: 'x', mode: 'quick' })
    ])
      keepResult(file, one)
    writeFileSync(file, '{"event":"lesson","commit":"abc","id":"adal', { flag: 'a' })
    expect([...readResults(file, 'abc', 'full').keys()]).toEqual(['perceptron'])
    expect(readResults(file, undefined, 'full').size).toBe(0)
  })

  test('the commit is told, with a mark where files differ from it', () => {
    const commit = presentCommit()
    if (existsSync(at('.git'))) expect(commit).toMatch(/^[0-9a-f]{7,40}(-dirty)?$/)
    else expect(commit).toBeUndefined()
  })
})

describe('netloom lessons', () => {
  let printed = ''
  beforeEach(() => {
    printed = ''
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += String(text)
      return true
    })
  })
  afterEach(() => vi.restoreAllMocks())
  const run = (...words: string[]) => lessons(readOptions(['lessons', ...words]))

  test('lists all, by topic', async () => {
    expect(await run()).toBe(0)
    expect(printed).toContain('Sequences\n')
    expect(printed).toMatch(/^ {2}binary-addition +Watch a recurrent network/m)
  })

  test('--verify --quick --only tells what was measured and ends with 0', async () => {
    expect(await run('--verify', '--quick', '--only', 'symbolic-probe')).toBe(0)
    expect(printed).toMatch(/symbolic-probe +reached/)
    expect(printed).toContain('✓ answer to ones: 0.9 (goal: at least 0.9)')
    expect(printed).toContain('1 of 1 lessons reach their goals')
  })

  test('--json gives a line a lesson and one at the end', async () => {
    await run('--verify', '--quick', '--only', 'symbolic-probe', '--json')
    const [lesson, done] = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lesson).toMatchObject({ event: 'lesson', id: 'symbolic-probe', reached: true, seeds: [0] })
    expect(done).toMatchObject({ event: 'done', lessons: 1, missed: 0, mode: 'quick' })
  })

  test('a lesson that is not there is told', async () => {
    await expect(run('--only', 'perceptron,nothing')).rejects.toThrow('There is no lesson nothing.')
  })
})
