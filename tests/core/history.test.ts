import { expect, test } from 'vitest'
import { record, redo, startHistory, undo } from '@core/document/history'

const one = { n: 1 }
const two = { n: 2 }
const three = { n: 3 }

test('goes back and forth', () => {
  const h = record(record(startHistory(one), two, 'two'), three, 'three')
  expect(undo(h).present).toBe(two)
  expect(undo(undo(h)).present).toBe(one)
  expect(undo(undo(undo(h))).present).toBe(one)
  expect(redo(undo(h))).toMatchObject({ present: three })
  expect(redo(h)).toBe(h)
  expect(undo(h).future[0].label).toBe('three')
})

test('an edit that changes nothing is no step', () => {
  const h = startHistory(one)
  expect(record(h, one, 'nothing')).toBe(h)
})

test('a new edit forgets what was undone', () => {
  const h = record(undo(record(startHistory(one), two, 'two')), three, 'three')
  expect(redo(h)).toBe(h)
  expect(undo(h).present).toBe(one)
})

test('edits with one key are one step', () => {
  let h = record(startHistory(one), two, 'slide', 'rate')
  h = record(h, three, 'slide', 'rate')
  expect(h.past).toHaveLength(1)
  expect(undo(h).present).toBe(one)
})

test('after undo or redo a step is closed', () => {
  const h = record(startHistory(one), two, 'slide', 'rate')
  expect(record(redo(undo(h)), three, 'slide', 'rate').past).toHaveLength(2)
  expect(record(undo(record(h, three, 'other')), three, 'slide', 'rate').past).toHaveLength(2)
})

test('keeps 500 steps', () => {
  let h = startHistory({ n: 0 })
  for (let n = 1; n <= 600; n++) h = record(h, { n }, 'count')
  expect(h.past).toHaveLength(500)
  expect(h.past[0].document.n).toBe(100)
})
