import type { RunEvent } from '@core/run/events'
import { EventQueue } from '@trainer/eventQueue'
import { Pacer } from '@trainer/pacer'
import { Snapshots } from '@trainer/snapshots'
import { firstProject } from '@core/templates'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

const epoch = (n: number): RunEvent => ({
  type: 'epoch',
  point: { epoch: n, step: n, loss: 1, accuracy: 1, ms: 1 },
  seconds: n / 1000
})
const batch = (step: number): RunEvent => ({ type: 'batch', step, losses: [1], seconds: step / 1000 })

describe('the event queue', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  function connected() {
    const queue = new EventQueue(() => Date.now())
    const sent: { seq: number; events: RunEvent[] }[] = []
    queue.connect((message) => sent.push(message))
    return { queue, sent }
  }

  test('sends the first event at once and at most thirty messages a second', () => {
    const { queue, sent } = connected()
    queue.add(epoch(1))
    expect(sent).toHaveLength(1)
    for (let ms = 0; ms < 1000; ms++) {
      queue.add(epoch(ms + 2))
      vi.advanceTimersByTime(1)
      for (const { seq } of sent) queue.acknowledge(seq)
    }
    expect(sent.length).toBeGreaterThan(25)
    expect(sent.length).toBeLessThanOrEqual(31)
    const epochs = sent.flatMap((m) => m.events).map((e) => (e.type === 'epoch' ? e.point.epoch : 0))
    expect(epochs).toEqual(Array.from(epochs, (_, i) => i + 1))
  })

  test('waits for an answer after two messages, and never grows', () => {
    const { queue, sent } = connected()
    queue.add({ type: 'paused' })
    for (let n = 1; n <= 100_000; n++) {
      queue.add(epoch(n))
      if (n % 1000 === 0) vi.advanceTimersByTime(40)
    }
    queue.add({ type: 'resumed' })
    expect(sent).toHaveLength(2)
    expect(queue.length).toBeLessThan(2100)
    queue.acknowledge(1)
    vi.advanceTimersByTime(40)
    expect(sent).toHaveLength(3)
    const rest = sent[2]!.events
    expect(rest.at(-1)).toEqual({ type: 'resumed' })
    expect(rest.at(-2)).toEqual(epoch(100_000))
    const numbers = rest.flatMap((e) => (e.type === 'epoch' ? [e.point.epoch] : []))
    expect([...numbers].sort((a, b) => a - b)).toEqual(numbers)
  })

  test('batches in a row become one, with the losses of all', () => {
    const { queue, sent } = connected()
    queue.add(epoch(1))
    for (let step = 1; step < 50; step++) queue.add(batch(step))
    vi.advanceTimersByTime(40)
    expect(sent[1]!.events).toEqual([{ ...batch(49), losses: Array.from({ length: 49 }, () => 1) }])
  })

  test('a new window gets what the one before did not answer for', () => {
    const { queue, sent } = connected()
    for (let n = 0; n < 5; n++) {
      queue.add(epoch(n))
      vi.advanceTimersByTime(40)
    }
    expect(sent).toHaveLength(2)
    const again: RunEvent[] = []
    queue.connect((message) => again.push(...message.events))
    vi.advanceTimersByTime(40)
    expect(again).toEqual([epoch(2), epoch(3), epoch(4)])
  })
})

describe('pace', () => {
  const plan = (pace: 'slow' | 'normal' | 'full') => ({
    ...firstProject,
    view: { ...firstProject.view, pace }
  })

  test('spreads the budget of epochs over its time and does not catch up', () => {
    let clock = 0
    const pacer = new Pacer(() => clock)
    pacer.configure(plan('normal'))
    expect(pacer.wait()).toBeCloseTo(20)
    clock += 20
    expect(pacer.wait()).toBeCloseTo(20)
    clock += 5000
    expect(pacer.wait()).toBe(0)
    expect(pacer.wait()).toBeCloseTo(10)
    clock += 10
    expect(pacer.wait()).toBeCloseTo(20)
    pacer.configure(plan('full'))
    expect(pacer.wait()).toBe(0)
  })
})

describe('snapshots', () => {
  const at = (epoch: number, value = epoch) => ({
    epoch,
    weights: [{ name: 'a/kernel', shape: [1], values: Float32Array.of(value) }]
  })

  test('are dense at first, sparse later, and stay within the budget', () => {
    const snapshots = new Snapshots(1, 4 * 300)
    snapshots.begin(at(0))
    for (let e = 1; e <= 20_000; e++) if (snapshots.wants(e)) snapshots.add(at(e), false)
    const kept = new Set(Array.from({ length: 20_001 }, (_, e) => snapshots.nearest(e)!.epoch))
    expect(kept.size).toBeLessThanOrEqual(300)
    expect(kept.size).toBeGreaterThan(100)
    expect(kept.has(0)).toBe(true)
  })

  test('keep the best and leave out what is no number', () => {
    const snapshots = new Snapshots(1)
    snapshots.begin(at(0))
    snapshots.add(at(1001), true)
    snapshots.add(at(1008, NaN), false)
    expect(snapshots.nearest(1008)!.epoch).toBe(1001)
    snapshots.dropAfter(1000)
    expect(snapshots.newest()!.epoch).toBe(0)
  })
})
