import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '@core/run/checkpoint'

const example: Checkpoint = {
  structure: '{"networks":["größe 💡"]}',
  epoch: 3,
  step: 12,
  history: [
    { epoch: 1, step: 4, loss: 0.7, accuracy: 0.5, valLoss: 0.8, ms: 1.5 },
    { epoch: 3, step: 12, loss: Number.NaN, accuracy: 0, trainLoss: Infinity, valLoss: -Infinity, ms: 1 }
  ],
  tensors: [
    {
      name: 'hidden/kernel',
      shape: [2, 3],
      values: Float32Array.from([1, -2, 0, 1e-40, Infinity, Number.NaN])
    },
    { name: 'hidden/bias', shape: [], values: Float32Array.of(3.5) },
    { name: 'empty', shape: [0, 4], values: new Float32Array() }
  ]
}

test('comes back exactly, diverged numbers and all', () => {
  expect(decodeCheckpoint(encodeCheckpoint(example))).toEqual({ ok: true, value: example })
})

test('does not depend on where its bytes lie', () => {
  const bytes = encodeCheckpoint(example)
  const inside = new Uint8Array(bytes.length + 7).fill(9)
  inside.set(bytes, 3)
  expect(decodeCheckpoint(inside.subarray(3, 3 + bytes.length))).toEqual({ ok: true, value: example })
})

test('any values survive', () => {
  fc.assert(
    fc.property(fc.float32Array(), fc.string(), fc.nat(), (values, name, epoch) => {
      const checkpoint = { ...example, epoch, tensors: [{ name, shape: [values.length], values }] }
      expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual({ ok: true, value: checkpoint })
    })
  )
})

test('a shape that does not fit its values is a bug', () => {
  const tensors = [{ name: 'hidden/kernel', shape: [2, 2], values: new Float32Array(3) }]
  expect(() => encodeCheckpoint({ ...example, tensors })).toThrow(
    'hidden/kernel has 3 values, but the shape 2 × 2.'
  )
})

describe('refuses', () => {
  const bytes = encodeCheckpoint(example)
  const refused = (changed: Uint8Array): string => {
    const read = decodeCheckpoint(changed)
    if (read.ok) throw new Error('It was read.')
    expect(read.problems[0].code).toBe('broken-checkpoint')
    return read.problems[0].message
  }

  test('nothing at all', () => {
    expect(refused(new Uint8Array())).toContain('is not a training state')
    expect(refused(new Uint8Array(100))).toContain('is not a training state')
  })

  test('any beginning of one', () => {
    for (let length = 0; length < bytes.length; length += 3) refused(bytes.slice(0, length))
  })

  test('one with something behind it', () => {
    refused(Uint8Array.from([...bytes, 0, 0, 0, 0]))
  })

  test('one with any bit turned', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const changed = bytes.slice()
        changed[at] ^= 1 << bit
        refused(changed)
      })
    )
  })

  test('one of another version, in words', () => {
    // Encoding takes what it is given; the type is what forbids it.
    const odd = encodeCheckpoint({ ...example, version: 2 } as Checkpoint)
    expect(refused(odd)).toContain('its version is wrong')
  })
})
