import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdit } from '@core/document/edits'
import { readDocument } from '@core/document/parse'
import { derive } from '@core/graph/derive'
import { sizeOf, type Signal } from '@core/graph/signal'
import * as registry from '@core/registry'
import { LAYER_GROUPS, type InferContext, type LayerDefinition } from '@core/registry/define'
import { completeConfig, fullConfig } from '@core/registry/complete'
import {
  defaultsOf,
  hasFieldType,
  rangeProblem,
  type Config,
  type Field,
  type Fields
} from '@core/registry/fields'
import type { Problem } from '@core/result'
import { configOf } from './helpers/arbitraries'
import { sketch, throughJson } from './helpers/documents'

interface Definition {
  readonly type: string
  readonly title: string
  readonly summary: string
  readonly fields?: Fields
  readonly icon?: string
}

const { parts: _parts, ...kinds } = registry
const all = Object.entries(kinds).flatMap(([kind, objects]) =>
  Object.values(objects as registry.Registry<Definition>).map((d) => [`${kind}/${d.type}`, d] as const)
)
const allFields = all.flatMap(([name, d]) =>
  Object.entries(d.fields ?? {}).map(([field, f]) => [`${name} ${field}`, f] as const)
)
const layerList = Object.values(registry.layers).map((l) => [l.type, l] as const)

const isSentence = (text: string): boolean => /^[\p{Lu}\d“β].*[.?]$/u.test(text)
const icons = new URL('../../node_modules/@lucide/svelte/dist/icons/', import.meta.url)
const windowIcons = readFileSync(new URL('../../renderer/shared/icons.ts', import.meta.url), 'utf8')

describe('the index', () => {
  const folders = readdirSync(new URL('../../core/registry/', import.meta.url), { withFileTypes: true })
    // What objects have to be like is no object.
    .filter((entry) => entry.isDirectory() && entry.name !== 'contracts')
    .map((entry) => entry.name)

  test('knows every folder', () => {
    expect(Object.keys(kinds).sort()).toEqual(folders.sort())
  })

  test.each(folders)('holds every file of %s, by its name', (folder) => {
    const files = readdirSync(new URL(`../../core/registry/${folder}/`, import.meta.url)).map((f) =>
      f.replace(/\.ts$/, '')
    )
    // With what is found by its type and offered nowhere.
    expect(Object.getOwnPropertyNames(kinds[folder as keyof typeof kinds]).sort()).toEqual(files.sort())
  })

  test.each(Object.entries(kinds))('finds nothing by accident in %s', (_kind, objects) => {
    for (const name of ['constructor', 'toString', '__proto__'])
      expect((objects as registry.Registry<Definition>)[name]).toBeUndefined()
  })
})

describe.each(all)('%s', (_name, d) => {
  test('has a type that can be written into documents', () => {
    expect(d.type).toMatch(/^[a-z][A-Za-z0-9]*$/)
  })

  test('has words for people', () => {
    expect(d.title).toMatch(/^\S(.*\S)?$/)
    expect(d.title.length).toBeLessThanOrEqual(24)
    expect(d.summary).toMatch(/^\p{Lu}/u)
    expect(d.summary.length).toBeLessThanOrEqual(100)
    expect(`${d.title}${d.summary}`).not.toContain('!')
  })

  test('has an icon that Lucide has', () => {
    if (d.icon === undefined) return
    expect(d.icon).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(existsSync(new URL(`${d.icon}.svelte`, icons)), d.icon).toBe(true)
    // The window bundles the icons it names, not all 1,600.
    const listed =
      windowIcons.includes(`/icons/${d.icon}'`) && new RegExp(`^  '?${d.icon}'?:`, 'm').test(windowIcons)
    expect(listed, `Import ${d.icon} in renderer/shared/icons.ts, and list it there.`).toBe(true)
  })

  test('has defaults that are complete and in range', () => {
    const problems: Problem[] = []
    const fields = d.fields ?? {}
    const full = completeConfig(fields, defaultsOf(fields), 'config', problems)
    expect(problems).toEqual([])
    expect(full).toEqual(fullConfig(fields))
  })
})

describe.each(allFields)('%s', (_name, field: Field) => {
  test('says what it is and what it does', () => {
    expect(field.label).toMatch(/^\p{Lu}/u)
    expect(field.label.length).toBeLessThanOrEqual(32)
    expect(isSentence(field.help), field.help).toBe(true)
    expect(field.help.length).toBeLessThanOrEqual(120)
    expect(field.help).not.toContain('!')
  })

  test('has a default of its type, in its range', () => {
    expect(hasFieldType(field, field.default)).toBe(true)
    const none = { useValue: () => ({ kind: 'renameProject', name: 'x' }) as const }
    expect(rangeProblem('field', field, field.default, none)).toBeUndefined()
  })

  test('has a range, options or a registry', () => {
    switch (field.kind) {
      case 'int':
        expect(Number.isInteger(field.min) && Number.isInteger(field.max)).toBe(true)
        expect(field.min).toBeLessThan(field.max)
        break
      case 'float':
        expect(field.min).toBeLessThan(field.max)
        if (field.scale === 'log') expect(field.min).toBeGreaterThanOrEqual(0)
        break
      case 'choice':
        expect(field.options.length).toBeGreaterThan(1)
        expect(new Set(field.options.map((o) => o.value)).size).toBe(field.options.length)
        for (const { label } of field.options) expect(label).toMatch(/^\p{Lu}/u)
        break
      case 'choices':
        expect(hasFieldType(field, field.options.map((o) => o.value).join(' '))).toBe(true)
        for (const wrong of [
          '',
          'nothing',
          [...field.options]
            .reverse()
            .map((o) => o.value)
            .join(' ')
        ])
          expect(hasFieldType(field, wrong)).toBe(false)
        break
      case 'drawing':
        for (const wrong of ['', 'B', 'CAA', 'CAAAAC', 'CAAAAA!'])
          expect(hasFieldType(field, wrong)).toBe(false)
        break
      case 'part':
        expect(registry.parts[field.registry][field.default.type]).toBeDefined()
        break
      case 'file':
        for (const ending of field.accept) expect(ending).toMatch(/^[a-z0-9]+$/)
        break
      case 'columns':
        for (const wrong of ['', [{}], [{ name: 'a', role: 'judge' }]])
          expect(hasFieldType(field, wrong)).toBe(false)
        break
      case 'folder':
      case 'text':
        expect(hasFieldType(field, 3)).toBe(false)
        break
      case 'bool':
    }
  })
})

describe('layers', () => {
  /** What a layer sees when its ports get these signals. */
  const context = (layer: LayerDefinition, config: object, inputs: InferContext['inputs']): InferContext => ({
    nodeId: 'node',
    config: fullConfig(layer.fields, config as InferContext['config']),
    inputs,
    data: { features: ['x', 'y'], classes: ['a', 'b'], shape: [2], target: { classes: 2, shape: [] } },
    producer: () => ({ nodeId: 'before', config: {}, fields: {} })
  })

  test('of each type have a group that the palette shows', () => {
    for (const [, layer] of layerList) expect(LAYER_GROUPS).toContain(layer.group)
  })

  describe.each(layerList)('%s', (_type, layer) => {
    test('has docs in sentences and ports with names', () => {
      expect(isSentence(layer.docs)).toBe(true)
      for (const ports of [layer.inputs, layer.outputs]) {
        expect(new Set(ports.map((p) => p.id)).size).toBe(ports.length)
        for (const { id, label } of ports) {
          expect(id).toMatch(/^[a-z][A-Za-z0-9]*$/)
          expect(label).toMatch(/^\p{Lu}/u)
        }
      }
    })

    test('has the parts that its role needs', () => {
      if (layer.role === 'source') expect(layer.inputs).toEqual([])
      if (layer.role === 'sink') expect(layer.outputs).toEqual([])
      if (layer.role !== 'layer') return
      expect(layer.forward).toBeDefined()
      expect(layer.inputs.length).toBeGreaterThan(0)
      // What edits and the engine take for granted: a chain goes through the first ports.
      expect(layer.outputs[0]).toMatchObject({ id: 'output', carries: layer.inputs[0].carries })
    })

    test.each(layer.examples.map((e) => [e.title, e] as const))('example: %s', (_title, example) => {
      const seen = context(layer, example.config, example.inputs)
      const { outputs, problems } = layer.infer(seen)
      expect(problems ?? []).toEqual([])
      expect(outputs).toEqual(example.outputs)
      const weights = layer.weights?.(seen.config, example.inputs) ?? []
      expect(weights.reduce((n, w) => n + sizeOf(w.shape), 0)).toBe(example.parameters)
      expect(new Set(weights.map((w) => w.name)).size).toBe(weights.length)
      for (const { initializer, regularizer, constraint } of weights) {
        expect(registry.initializers[initializer.type]).toBeDefined()
        if (regularizer) expect(registry.regularizers[regularizer.type]).toBeDefined()
        if (constraint) expect(registry.constraints[constraint.type]).toBeDefined()
      }
      expect(typeof layer.fact(seen.config)).toBe('string')
      expect(layer.formula?.(seen.config) ?? '').not.toContain('undefined')
    })

    test('has an example', () => {
      expect(layer.examples.length).toBeGreaterThan(0)
    })

    test('never throws when it works out shapes, whatever it is given', () => {
      const signal: fc.Arbitrary<Signal> = fc.oneof(
        fc.record({
          kind: fc.constant('numbers' as const),
          shape: fc.array(fc.integer({ min: -1, max: 40 }), { maxLength: 5 })
        }),
        fc.record(
          {
            kind: fc.constant('target' as const),
            classes: fc.integer({ min: 0, max: 60 }),
            shape: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 })
          },
          { requiredKeys: ['kind', 'shape'] }
        )
      )
      const inputs = fc.dictionary(fc.constantFrom(...layer.inputs.map((p) => p.id), 'another'), signal)
      fc.assert(
        fc.property(configOf(layer.fields), inputs, fc.boolean(), (config, given, known) => {
          const seen = context(layer, config, given)
          const result = layer.infer(known ? seen : { ...seen, producer: () => undefined })
          for (const port of Object.keys(result.outputs))
            expect(layer.outputs.map((p) => p.id)).toContain(port)
          for (const problem of result.problems ?? []) {
            expect(isSentence(problem.message), problem.message).toBe(true)
            expect(problem.nodeId).toBeDefined()
            if (problem.fix) expect(problem.fix.label).toMatch(/^\p{Lu}/u)
          }
          if (layer.inputs.every((p) => given[p.id]?.kind === p.carries)) layer.weights?.(seen.config, given)
          layer.fact(seen.config)
          layer.formula?.(seen.config)
        }),
        { numRuns: 60 }
      )
    })

    test('gives no shape that cannot be, whatever is set, without saying what is wrong', () => {
      const size = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 }))
      const numbers = fc.record({
        kind: fc.constant('numbers' as const),
        shape: fc.array(size, { minLength: 1, maxLength: 4 })
      })
      const given = fc.record(Object.fromEntries(layer.inputs.map((p) => [p.id, numbers])))
      fc.assert(
        fc.property(configOf(layer.fields), given, (config, inputs) => {
          const { outputs, problems } = layer.infer(context(layer, config, inputs))
          const none = { useValue: () => ({ kind: 'renameProject', name: 'x' }) as const }
          const outOfRange = Object.entries(layer.fields).some(([n, f]) =>
            rangeProblem(n, f, config[n], none)
          )
          for (const signal of Object.values(outputs)) {
            if (signal?.kind !== 'numbers' || outOfRange || problems?.length) continue
            expect(signal.shape.every((n) => Number.isInteger(n) && n >= 1)).toBe(true)
          }
        }),
        { numRuns: 200 }
      )
    })

    test('survives the way through a file', () => {
      const document = sketch({ node: [layer.type, layer.examples[0].config] }, [])
      expect(readDocument(throughJson(document))).toEqual({ ok: true, value: document })
    })

    test('can be put on a canvas and taken away again', () => {
      const bare = sketch({}, [])
      const added = applyEdit(bare, { kind: 'addNode', type: layer.type, position: { x: 0, y: 0 } })
      expect(() => derive(added, {})).not.toThrow()
      expect(applyEdit(added, { kind: 'remove', nodes: [layer.type], edges: [] })).toEqual(bare)
    })
  })
})

describe('activations', () => {
  test.each(Object.entries(registry.activations))('%s has a glyph, a formula and examples', (_type, a) => {
    expect(a.formula).not.toBe('')
    expect(a.examples.length).toBeGreaterThan(0)
    for (const { config, x, y } of a.examples) {
      fullConfig(a.fields, config)
      expect(x).toHaveLength(y.length)
    }
    if ('bars' in a.glyph) return
    for (let x = -3; x <= 3; x += 0.25) expect(Number.isFinite(a.glyph.curve(x))).toBe(true)
  })
})

describe('losses', () => {
  test.each(Object.entries(registry.losses))(
    '%s has a formula and examples that fit together',
    (_type, l) => {
      expect(l.formula).not.toBe('')
      expect(l.examples.length).toBeGreaterThan(0)
      for (const { config, prediction, target, loss } of l.examples) {
        fullConfig(l.fields, config)
        expect(prediction).toHaveLength(loss.length)
        expect(target.map((row) => row.length)).toEqual(prediction.map((row) => row.length))
      }
    }
  )
})

describe('optimizers', () => {
  /** Every choice of its settings that are yes or no, with and without momentum. */
  const variants = (fields: Fields): Config[] =>
    Object.entries(fields).reduce<Config[]>(
      (configs, [name, field]) => {
        if (field.kind === 'bool')
          return configs.flatMap((c) => [false, true].map((on) => ({ ...c, [name]: on })))
        return name === 'momentum'
          ? configs.flatMap((c) => [0, 0.5].map((m) => ({ ...c, [name]: m })))
          : configs
      },
      [fullConfig(fields)]
    )

  describe.each(Object.entries(registry.optimizers))('%s', (_type, o) => {
    test('has a rate that can be turned while it trains', () => {
      expect(o.fields['learningRate']).toMatchObject({ kind: 'float', hot: true })
      expect(o.formula).toContain('w ←')
    })

    test('remembers numbers by name and has the same numbers at every step', () => {
      for (const config of variants(o.fields)) {
        for (const [slot, start] of Object.entries(o.slots(config))) {
          expect(slot).toMatch(/^[a-z][A-Za-z]*$/)
          expect(Number.isFinite(start)).toBe(true)
        }
        const first = o.numbers(config, 1, 0.25)
        expect(Object.values(first)).toContain(0.25)
        for (const step of [1, 2, 100_000])
          expect(Object.keys(o.numbers(config, step, 0.1))).toEqual(Object.keys(first))
      }
    })

    test('gives its kernel the weight, all it remembers, its numbers and the gradient', () => {
      for (const config of variants(o.fields)) {
        const kernel = o.kernel?.(config)
        if (!kernel) continue
        const named = kernel.inputs.filter((input) => typeof input === 'string')
        const slots = Object.keys(o.slots(config)).map((slot) => `slot:${slot}`)
        const numbers = Object.keys(o.numbers(config, 1, 0.1)).map((number) => `number:${number}`)
        expect([...named].sort()).toEqual(['weight', ...slots, ...numbers, 'gradient'].sort())
        expect(kernel.inputs[0]).toBe('weight')
      }
    })

    test('takes nothing from hot settings but through its numbers', () => {
      for (const config of variants(o.fields)) {
        const hot = Object.keys(o.fields).filter((name) => o.fields[name].hot)
        const turned = { ...config, ...Object.fromEntries(hot.map((name) => [name, 0.625])) }
        expect(o.slots(turned)).toEqual(o.slots(config))
        expect(o.kernel?.(turned)).toEqual(o.kernel?.(config))
      }
    })
  })
})

describe('regularizers', () => {
  test.each(Object.entries(registry.regularizers))(
    '%s has rates that can be turned while it trains',
    (_type, r) => {
      for (const field of Object.values(r.fields)) expect(field.hot).toBe(true)
      const { l1, l2 } = r.rates(fullConfig(r.fields))
      expect(l1).toBeGreaterThanOrEqual(0)
      expect(l2).toBeGreaterThanOrEqual(0)
    }
  )
})
