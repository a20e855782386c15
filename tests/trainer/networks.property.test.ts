import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { applyEdit } from '@core/document/edits'
import { derive } from '@core/graph/derive'
import { sources } from '@core/registry'
import type { Ops } from '@core/registry/define'
import { chooseEngine } from '@trainer/engines/choose'
import { eagerEngine } from '@trainer/engines/eager/engine'
import type { Engine } from '@trainer/engines/engine'
import { fusedEngine } from '@trainer/engines/fused/engine'
import { anyGesture } from '../core/helpers/arbitraries'
import { chainRecipe, documentOf, recipe, sequenceRecipe, type Recipe } from '../core/helpers/networks'
import {
  computedShapes,
  differences,
  held,
  inferredShapes,
  isTame,
  magnifiesRounding,
  nudged,
  prepare,
  runs,
  timeFor,
  timeout,
  TOLERANCE,
  trainThree,
  type Trained,
  using
} from './anyNetwork'
import { opsOn } from './opsOn'
import { engines } from './support'

describe.runIf(engines.includes('native'))('any network that has no problems', () => {
  let native: Engine
  let eager: Engine
  let wasm: Engine
  let ops: Ops
  /** Networks in which a rounding grows into a difference. */
  let unsteady = 0
  beforeAll(async () => {
    native = await chooseEngine('native')
    wasm = await chooseEngine('wasm')
    ops = await opsOn('native')
    eager = eagerEngine({ info: native.info, name: 'tensorflow', ops })
  }, 60_000)

  /** Compiles and trains a network everywhere. Answers with the engines that could be compared. */
  async function compare(from: Recipe): Promise<readonly string[]> {
    const prepared = prepare(documentOf(from))
    const { document, derivation } = prepared
    expect(derivation.problems).toEqual([])
    const before = held()
    const compiled = await using(native, prepared, (network) => {
      // Compiled as a whole, not run operation by operation.
      expect(network.engine.reason).toBeUndefined()
      expect(computedShapes(ops, prepared, network.weights())).toEqual(inferredShapes(prepared))
      return trainThree(network, prepared)
    })
    const reference = await using(eager, prepared, (network) => trainThree(network, prepared))
    expect(held()).toEqual(before)
    if (!isTame(reference) || magnifiesRounding(prepared)) return []
    const agree = async (other: Trained, name: string): Promise<boolean> => {
      const apart = differences(other, reference, TOLERANCE)
      if (apart.length === 0) return true
      // Does it answer differently to itself, too, when its weights are moved by a rounding? Then it says nothing.
      const itself = await using(eager, prepared, (network) => trainThree(nudged(network), prepared))
      expect(differences(itself, reference, TOLERANCE), `${name}: ${apart.join(', ')}`).not.toEqual([])
      unsteady++
      return false
    }
    if (!(await agree(compiled, 'native'))) return []
    const others = { wasm, fused: fusedEngine }
    const able = Object.entries(others).filter(([, engine]) => !engine.supports(document, derivation))
    const agreeing = ['native']
    for (const [name, engine] of able)
      if (await agree(await using(engine, prepared, (network) => trainThree(network, prepared)), name))
        agreeing.push(name)
    return agreeing
  }

  test(
    'is compiled, computes the shapes it infers, and learns the same as operation by operation',
    async () => {
      const compared: (readonly string[])[] = []
      const more = timeFor(20_000)
      await fc.assert(
        fc.asyncProperty(recipe, async (from) => {
          if (more()) compared.push(await compare(from))
        }),
        runs(120)
      )
      // Those that run away within three steps are few, or nothing would have been compared.
      expect(compared.filter((names) => names.includes('native')).length).toBeGreaterThan(
        0.7 * compared.length
      )
      expect(compared.some((names) => names.includes('wasm'))).toBe(true)
      expect(unsteady).toBeLessThanOrEqual(1 + 0.01 * compared.length)
    },
    timeout
  )

  test.each([
    ['Dense layers', chainRecipe],
    ['Simple RNN and Dense layers', sequenceRecipe]
  ])(
    'and is a chain of %s learns the same in fused code and in WebAssembly',
    async (_, chains) => {
      const compared: (readonly string[])[] = []
      const more = timeFor(8_000)
      await fc.assert(
        fc.asyncProperty(chains, async (from) => {
          if (more()) compared.push(await compare(from))
        }),
        runs(60)
      )
      for (const name of ['native', 'wasm', 'fused'])
        expect(compared.filter((names) => names.includes(name)).length, name).toBeGreaterThan(
          0.25 * compared.length
        )
    },
    timeout
  )

  test(
    'or has had something done to it either says what is wrong or can be trained',
    async () => {
      const gestures = fc.array(anyGesture, { minLength: 1, maxLength: 3 })
      let trained = 0
      const more = timeFor(10_000)
      await fc.assert(
        fc.asyncProperty(recipe, gestures, async (from, made) => {
          if (!more()) return
          const document = made.reduce((d, gesture) => applyEdit(d, gesture(d)), documentOf(from))
          const { problems, nodes } = derive(document, {})
          const parameters = Object.values(nodes).reduce((n, node) => n + node.parameters, 0)
          // Data of the library is read from files, and a layer may have been made enormous.
          if (problems.length > 0 || sources[document.data.source.type]!.library || parameters > 1e6) return
          trained++
          await using(native, prepare(document), (network) => {
            expect(network.engine.reason).toBeUndefined()
            network.train({ first: 0, batches: [undefined], factors: [1], measured: true })
            network.evaluate('train')
          })
        }),
        runs(150)
      )
      expect(trained).toBeGreaterThan(3)
    },
    timeout
  )
})
