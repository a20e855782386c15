import { menuCommands } from '@core/ipc'
import { idleRun, type RunState } from '@core/run/state'
import { describe, expect, it, test } from 'vitest'
import { commandOf, commands } from '@renderer/state/commands'
import { ariaKeys, keysText, matchesKeys, type KeyPress } from '@renderer/state/keys'
import { extendedEpochs, newSeed, trainAction, type TransportFacts } from '@renderer/state/transport'

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key
  return { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }
}

describe('keys', () => {
  const pressed: readonly (readonly [KeyPress, string | undefined])[] = [
    [press(' '), 'train'],
    [press('b'), 'batch'],
    [press('e'), 'epoch'],
    [press('R', { shiftKey: true }), 'startOver'],
    [press('r'), undefined],
    [press('/'), 'findLayer'],
    [press('1', { code: 'Digit1' }), 'railLayers'],
    [press('!', { code: 'Digit1', shiftKey: true }), 'fit'],
    [press('d', { ctrlKey: true }), 'duplicate'],
    [press('d'), undefined],
    [press('Delete'), 'delete'],
    [press('Backspace'), 'delete'],
    [press('z', { ctrlKey: true }), 'undo'],
    [press('Z', { ctrlKey: true, shiftKey: true }), 'redo'],
    [press('y', { ctrlKey: true }), 'redo'],
    [press('T', { shiftKey: true }), 'tidy'],
    [press(','), 'snapshotBack'],
    [press('.'), 'snapshotOn'],
    [press('Home'), 'bestEpoch'],
    [press('p'), 'present'],
    [press('F8'), 'nextProblem'],
    [press('?', { shiftKey: true }), 'shortcuts'],
    [press('s', { ctrlKey: true }), 'save'],
    [press('S', { ctrlKey: true, shiftKey: true }), 'saveAs'],
    [press('o', { ctrlKey: true }), 'open'],
    [press('n', { ctrlKey: true }), 'new'],
    [press('z', { ctrlKey: true, altKey: true }), undefined]
  ]
  it.each(pressed)('%o is %s', (key, id) => expect(commandOf(key, false)).toBe(id))

  it('finds letters by their place on a keyboard of another script', () => {
    expect(matchesKeys(press('я', { code: 'KeyZ', ctrlKey: true }), 'Mod+Z', false)).toBe(true)
    // On a German keyboard Z lies where Y is: what it says counts, not where it is.
    expect(matchesKeys(press('z', { code: 'KeyY', ctrlKey: true }), 'Mod+Z', false)).toBe(true)
    expect(matchesKeys(press('y', { code: 'KeyZ', ctrlKey: true }), 'Mod+Z', false)).toBe(false)
  })

  it('knows the platform’s own modifier', () => {
    expect(commandOf(press('z', { metaKey: true }), true)).toBe('undo')
    expect(commandOf(press('z', { metaKey: true }), false)).toBeUndefined()
    expect(keysText('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z')
    expect(keysText('Mod+Shift+Z', true)).toBe('⇧⌘Z')
    expect(ariaKeys('Mod+Shift+Z', false)).toBe('Control+Shift+Z')
  })
})

test('no two commands share keys, and every command of the menu is in the table', () => {
  const all = Object.values(commands).flatMap((command) => command.keys)
  expect(new Set(all).size).toBe(all.length)
  expect(menuCommands.every((id) => id in commands)).toBe(true)
})

describe('what Train does', () => {
  const run = (change: Partial<RunState>): RunState => ({ ...idleRun, ...change })
  const facts = (change: Partial<TransportFacts>): TransportFacts => ({
    run: idleRun,
    stale: false,
    problems: 0,
    trainer: { status: 'ready', engine: { id: 'native', title: 'Native TensorFlow' } },
    epochs: 1000,
    ...change
  })
  const cases: readonly (readonly [string, Partial<TransportFacts>, string])[] = [
    ['nothing was trained', {}, 'train'],
    ['there are problems', { problems: 2 }, 'blocked'],
    ['a start takes its time', { starting: true }, 'starting'],
    ['it goes on, and that takes its time', { starting: true, run: run({ status: 'ended' }) }, 'starting'],
    ['it runs', { run: run({ status: 'running', epoch: 3 }) }, 'pause'],
    ['it runs, and an edit broke the network', { run: run({ status: 'running' }), problems: 1 }, 'pause'],
    ['it is paused', { run: run({ status: 'paused', epoch: 3 }) }, 'resume'],
    ['it is paused, and the network is another', { run: run({ status: 'paused' }), stale: true }, 'train'],
    ['it ended', { run: run({ status: 'ended', ending: 'finished', epoch: 1000 }) }, 'keep'],
    ['it was opened trained', { run: run({ status: 'ended', epoch: 500 }) }, 'keep'],
    [
      'it ended, and the network is another',
      { run: run({ status: 'ended', epoch: 9 }), stale: true },
      'train'
    ],
    ['it diverged', { run: run({ status: 'ended', ending: 'diverged', epoch: 7 }) }, 'train'],
    ['the trainer died', { run: run({ status: 'failed', epoch: 40 }) }, 'recover'],
    ['the trainer died before anything was learned', { run: run({ status: 'failed' }) }, 'train']
  ]
  it.each(cases)('%s', (_when, change, action) => expect(trainAction(facts(change))).toBe(action))

  it('plans half as many epochs again, in plain numbers', () => {
    expect(extendedEpochs(1000, 1000)).toBe(1500)
    expect(extendedEpochs(1500, 1500)).toBe(2000)
    expect(extendedEpochs(20_000, 20_000)).toBe(30_000)
    expect(extendedEpochs(1, 1)).toBe(2)
    expect(extendedEpochs(300, 1000)).toBe(1000)
  })

  it('a new start is another one', () => {
    expect(newSeed(0, () => 0)).toBe(1)
    expect(newSeed(7, () => 0.5)).toBe(5000)
  })
})
