import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format } from 'prettier'
import { describe, expect, test } from 'vitest'
import { codeText, type CodeProgram } from '@core/export/code/lines'
import { formats } from '@core/export/formats'
import { computingNodes, exportModel } from '@core/export/model'
import { setSetting } from '@core/document/paths'
import { unwrap } from '@core/result'
import { firstProject } from '@core/templates'
import { layerCases, lessonCases, randomCases } from './cases'

/*
 * Programs are written for many networks. Here it is seen that their languages can read them; what they compute is
 * npm run test:full's to find out (tests/export/check.py), and of JavaScript the reader's.
 */

const cases = [...layerCases(), ...randomCases(30), ...lessonCases()]
const programs = Object.values(formats).flatMap((format) => (format.program ? [format] : []))
const written = programs.flatMap(({ type, program }) =>
  cases.flatMap(({ name, model }) => {
    const made = program!.of(model)
    return made.ok ? [{ type, name, model, program: made.value }] : []
  })
)

test('Python reads every program in Python', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-programs-'))
  const python = written.filter(({ program }) => program.language === 'python')
  for (const [i, { program }] of python.entries())
    writeFileSync(join(folder, `program${i}.py`), codeText(program.lines))
  const read = spawnSync('python3', ['-m', 'compileall', '-q', folder], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  expect(read.stdout + read.stderr).toBe('')
  expect(read.status).toBe(0)
  expect(python.length).toBeGreaterThan(250)
}, 60_000)

test('JavaScript is formatted as prettier has it', async () => {
  const odd: string[] = []
  const plain = written.filter(({ program }) => program.language === 'javascript')
  // Numbers drawn at random have more digits than fit a line; each kind of line is in one of these.
  for (const { name, program } of plain.filter(({ name }, i) => !name.startsWith('random') && i % 6 === 0)) {
    const text = codeText(program.lines)
    if ((await format(text, { parser: 'babel' })) !== text) odd.push(name)
  }
  expect(odd).toEqual([])
}, 60_000)

describe.each(programs)('$title', ({ type }) => {
  const own = written.filter((one) => one.type === type)

  test('has lines for every layer that it computes, and they are of nodes that there are', () => {
    for (const { name, model, program } of own) {
      const ids = new Set(program.lines.flatMap(({ nodeId }) => nodeId ?? []))
      for (const id of ids)
        expect(
          model.plan.nodes.some((node) => node.id === id),
          name
        ).toBe(true)
      // Layers that do not lead to the answer are in no program.
      for (const { id } of computingNodes(model).filter(({ id }) => leads(model, id)))
        expect(ids.has(id), `${name}: ${id}`).toBe(true)
    }
  })

  test('is as it was, whatever is trained', () => {
    const [{ model, program }] = own as [(typeof own)[number]]
    const values = new Map([...model.values].map(([name, v]) => [name, v.map((x) => x + 1)]))
    expect(unwrap(formats[type]!.program!.of({ ...model, values }))).toEqual(program)
  })
})

test('a project may be called anything', () => {
  const title = 'Net """ \\N "quoted"'
  const folder = mkdtempSync(join(tmpdir(), 'netloom-title-'))
  const text = textOf('kerasCode', { ...firstProject, name: title })
  writeFileSync(join(folder, 'title.py'), text)
  const read = spawnSync('python3', ['-W', 'error', '-m', 'py_compile', join(folder, 'title.py')])
  rmSync(folder, { recursive: true })
  expect(read.status, read.stderr.toString()).toBe(0)
})

describe('what a training is in Keras', () => {
  const keras = (...changes: readonly (readonly [string, Parameters<typeof setSetting>[2]])[]): string =>
    textOf(
      'kerasCode',
      changes.reduce((document, [path, value]) => unwrap(setSetting(document, path, value)), firstProject)
    )

  test.each([
    ['training.schedule', 'cosine', 'keras.optimizers.schedules.CosineDecay('],
    ['training.schedule', 'plateau', 'keras.callbacks.ReduceLROnPlateau('],
    ['training.clipping', 'norm', 'clipnorm=1'],
    ['training.patience', 7, 'keras.callbacks.EarlyStopping('],
    ['nodes.target.reduction', 'sum', 'reduction="sum"'],
    ['nodes.target.loss', 'halfSquaredError', 'loss=half_squared_error,'],
    ['nodes.target.classWeights', 'balanced', 'class_weight=class_weight']
  ])('%s of %s', (path, value, text) => {
    expect(keras([path, value])).toContain(text)
  })

  test('what it leaves out is said, in the program and beside it', () => {
    const document = unwrap(setSetting(firstProject, 'training.optimizer', 'previousGradient'))
    const { lacks, lines } = programOf('kerasCode', document)
    expect(lacks).toEqual(['Keras has no optimizer like Last slope again.'])
    expect(codeText(lines)).toContain(`- ${lacks[0]}`)
    expect(codeText(lines)).not.toContain('def train')
  })
})

function programOf(type: string, document: typeof firstProject): CodeProgram {
  const untrained = { weights: [], epoch: 0, scale: 1, preparation: undefined }
  return unwrap(formats[type]!.program!.of(exportModel({ document, files: {}, ...untrained })))
}

function textOf(type: string, document: typeof firstProject): string {
  return codeText(programOf(type, document).lines)
}

function leads({ plan }: (typeof cases)[number]['model'], id: string): boolean {
  const seen = new Set<string>()
  const visit = (node: string): void => {
    if (seen.has(node)) return
    seen.add(node)
    for (const input of Object.values(plan.nodes.find((one) => one.id === node)!.inputs)) visit(input.node)
  }
  visit(plan.sink.inputs['prediction']!.node)
  return seen.has(id)
}
