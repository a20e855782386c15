import { describe, expect, it } from 'vitest'
import { layers, optimizers, parts } from '@core/registry'
import type { FloatField, IntField } from '@core/registry/fields'
import { parseNumber, showNumber, sliderScale, stepNumber } from '../../renderer/inspector/fields/numbers'

describe('parseNumber', () => {
  it.each([
    ['0.05', 0.05],
    ['0,05', 0.05],
    [' 1e-3 ', 0.001],
    ['.5', 0.5],
    ['−2', -2],
    ['1,234.5', 1234.5],
    ['20 000', 20000]
  ])('reads %s', (text, value) => expect(parseNumber(text, false)).toBe(value))

  it.each([
    ['1,000', 1000],
    ['1.000', 1000],
    ['12', 12],
    ['2.5', 2.5]
  ])('reads %s where a whole number is asked for', (text, value) =>
    expect(parseNumber(text, true)).toBe(value)
  )

  it.each(['', 'abc', '1.2.3', '--1', '0x10', 'Infinity', '1e999', '5 apples'])('refuses %j', (text) =>
    expect(parseNumber(text, false)).toBeUndefined()
  )

  it('reads back what it shows', () => {
    for (const value of [0, 0.03, -0.05, 1e-7, 200, 20000, 0.99999])
      expect(parseNumber(showNumber(value, Number.isInteger(value)), Number.isInteger(value))).toBe(value)
  })
})

const units = layers['dense']!.fields['units'] as IntField
const rate = optimizers['adam']!.fields['learningRate'] as FloatField

describe('stepNumber', () => {
  it('stays in the range', () => {
    expect(stepNumber(units, 1, -1)).toBe(1)
    expect(stepNumber(units, 3, 1)).toBe(4)
    expect(stepNumber(units, 3, 1, true)).toBe(10)
    expect(stepNumber(units, 0, -1)).toBe(1)
  })
  it('climbs 1, 2, 5, 10 on a log field', () => {
    expect(stepNumber(rate, 0.03, 1)).toBe(0.05)
    expect(stepNumber(rate, 0.05, 1)).toBe(0.1)
    expect(stepNumber(rate, 0.03, -1)).toBe(0.02)
    expect(stepNumber(rate, 0.01, -1)).toBe(0.005)
    expect(stepNumber(rate, 0.03, 1, true)).toBe(0.3)
  })
  it('leaves no dust', () => {
    const share = layers['dropout']!.fields['rate'] as FloatField
    expect(stepNumber(share, 0.25, 1)).toBe(0.3)
    expect(stepNumber(share, 0.15, 1)).toBe(0.2)
    expect(stepNumber(share, 0.3, -1)).toBe(0.25)
  })
})

describe('sliderScale', () => {
  it('gives back the default of every float field in the registry', () => {
    const all = [layers, ...Object.values(parts)].flatMap((r) => Object.values(r).map((d) => d.fields))
    for (const fields of all)
      for (const field of Object.values(fields)) {
        if (field.kind !== 'float') continue
        const scale = sliderScale(field)
        const back = scale.valueAt(scale.placeOf(field.default))
        expect(back).toBeGreaterThanOrEqual(field.min)
        expect(back).toBeLessThanOrEqual(field.max)
        expect(Math.abs(back - field.default)).toBeLessThanOrEqual(0.05 * Math.abs(field.default) + 1e-12)
        expect(scale.last).toBeLessThanOrEqual(200)
      }
  })
})
