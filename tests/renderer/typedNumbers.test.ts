import { expect, test } from 'vitest'
import { nextRate, readRate } from '@renderer/shell/learningRate'
import { dayText, percentText } from '@renderer/shared/words'

test('learning rates are read as people type them', () => {
  expect(readRate('0,03')).toEqual({ rate: 0.03 })
  expect(readRate(' 1e-3 ')).toEqual({ rate: 0.001 })
  expect(readRate('fast')).toHaveProperty('why')
  expect(readRate('0')).toHaveProperty('why')
  expect(nextRate(0.02, 1)).toBe(0.03)
  expect(nextRate(0.02, -1)).toBe(0.01)
  expect(nextRate(1, 1)).toBe(1)
})

test('days and shares in words', () => {
  const now = new Date(2026, 10, 20, 15, 0).getTime()
  const at = (...date: [number, number, number, number]): number => new Date(...date).getTime()
  expect(dayText(now - 5000, now)).toBe('Just now')
  expect(dayText(at(2026, 10, 20, 1), now)).toBe('Today')
  expect(dayText(at(2026, 10, 19, 23), now)).toBe('Yesterday')
  expect(dayText(at(2026, 10, 16, 9), now)).toBe('Mon')
  expect(dayText(at(2026, 9, 1, 9), now)).toBe('1 Oct')
  expect(dayText(at(2025, 9, 1, 9), now)).toBe('1 Oct 2025')
  expect(percentText(0.92)).toBe('92 %')
  expect(percentText(0.9812)).toBe('98.1 %')
})
