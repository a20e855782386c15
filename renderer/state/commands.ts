import type { MenuCommand } from '@core/ipc'
import { newHead } from '@core/document/newHead'
import {
  bringBack,
  findLayer,
  lookAt,
  lookAtBest,
  nextProblem,
  showRail,
  startOver,
  train,
  trainStep
} from './actions'
import { freezeEdit } from './freeze'
import { matchesKeys, takesTyping, usesKey, type KeyPress } from './keys'
import type { AppState } from './app.svelte'

/** The headings under which the dialog of keys lists commands. */
export const COMMAND_GROUPS = ['Training', 'Network', 'Looking', 'Project'] as const

/** Something a person can do from the menu, by key or by button. */
export interface Command {
  readonly title: string
  readonly group: (typeof COMMAND_GROUPS)[number]
  /** "Mod+Shift+Z"; the first is the one that is shown. */
  readonly keys: readonly string[]
  /** true, or why not: words to show, or false where there is nothing to say. */
  readonly when: (app: AppState) => boolean | string
  readonly run: (app: AppState) => void
  /** Also on the start screen. */
  readonly anywhere?: boolean
}

export type CommandId =
  | MenuCommand
  | 'batch'
  | 'epoch'
  | 'findLayer'
  | 'freeze'
  | 'newHead'
  | 'railLayers'
  | 'railData'
  | 'railLessons'
  | 'rename'
  | 'snapshotBack'
  | 'snapshotOn'
  | 'bestEpoch'
  | 'nextProblem'
  | 'home'
  | 'code'

const always = () => true
const selected = (app: AppState): boolean | string =>
  app.project.selection.length + app.project.selectedEdges.length > 0 || 'Select a node first.'
const stepping = (app: AppState): boolean | string =>
  app.trainer.running
    ? 'Pause first, then go step by step.'
    : app.project.problems.length > 0
      ? 'Mend the problems first.'
      : true
const history = (app: AppState): boolean | string =>
  app.trainer.run.history.length > 0 || 'Train first: there is nothing to look back on.'

const headEdit = ({ project: { document, derivation } }: AppState) =>
  derivation.data && newHead(document, derivation.data)

/** Every command. Menu, keys, buttons and the dialog of keys read this table. */
export const commands: { readonly [Id in CommandId]: Command } = {
  train: {
    title: 'Train, or pause',
    group: 'Training',
    keys: ['Space'],
    when: always,
    run: (app) => train(app)
  },
  batch: {
    title: 'Train one batch',
    group: 'Training',
    keys: ['B'],
    when: stepping,
    run: (app) => trainStep(app, 'batch')
  },
  epoch: {
    title: 'Train one epoch',
    group: 'Training',
    keys: ['E'],
    when: stepping,
    run: (app) => trainStep(app, 'epoch')
  },
  stop: {
    title: 'Stop',
    group: 'Training',
    keys: [],
    when: (app) => app.trainer.active || 'Nothing is being trained.',
    run: (app) => app.trainer.stop()
  },
  startOver: {
    title: 'Start over, same start',
    group: 'Training',
    keys: ['Shift+R'],
    when: (app) => (app.project.problems.length > 0 ? 'Mend the problems first.' : true),
    run: (app) => startOver(app, 'same')
  },
  bringBack: {
    title: 'Bring back what was given up',
    group: 'Training',
    keys: ['Mod+Shift+R'],
    when: (app) => app.project.problems.length === 0 || 'Mend the problems first.',
    run: (app) => void bringBack(app)
  },
  snapshotBack: {
    title: 'One snapshot back',
    group: 'Training',
    keys: [','],
    when: history,
    run: (app) => lookAt(app, -1)
  },
  snapshotOn: {
    title: 'One snapshot on',
    group: 'Training',
    keys: ['.'],
    when: history,
    run: (app) => lookAt(app, 1)
  },
  bestEpoch: {
    title: 'Look at the best epoch',
    group: 'Training',
    keys: ['Home'],
    when: history,
    run: (app) => lookAtBest(app)
  },
  undo: {
    title: 'Undo',
    group: 'Network',
    keys: ['Mod+Z'],
    when: (app) => app.project.undoLabel !== undefined || 'There is nothing to undo.',
    run: (app) => app.project.undo()
  },
  redo: {
    title: 'Redo',
    group: 'Network',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    when: (app) => app.project.redoLabel !== undefined || 'There is nothing to redo.',
    run: (app) => app.project.redo()
  },
  duplicate: {
    title: 'Duplicate',
    group: 'Network',
    keys: ['Mod+D'],
    when: (app) => app.project.selection.length > 0 || 'Select a node first.',
    run: ({ project }) => project.applyAndSelect({ kind: 'duplicate', nodes: project.selection })
  },
  delete: {
    title: 'Delete',
    group: 'Network',
    keys: ['Delete'],
    when: selected,
    run: ({ project }) =>
      project.apply({ kind: 'remove', nodes: project.selection, edges: project.selectedEdges })
  },
  freeze: {
    title: 'Freeze the weights, or let them learn',
    group: 'Network',
    keys: ['L'],
    when: ({ project }) =>
      freezeEdit(project.document, project.selection) !== undefined || 'Select a layer with weights first.',
    run: ({ project }) => {
      const change = freezeEdit(project.document, project.selection)
      if (change) project.apply(change.edit)
    }
  },
  newHead: {
    title: 'Freeze the network, give it a new head',
    group: 'Network',
    keys: ['Shift+L'],
    when: (app) => headEdit(app) !== undefined || 'It needs data, and a network that ends in a Dense layer.',
    run: (app) => {
      const edit = headEdit(app)
      if (!edit) return
      app.project.apply(edit)
      app.tell('All layers are frozen but the last, which is new.', {
        label: 'Undo',
        run: () => app.project.undo()
      })
    }
  },
  selectAll: {
    title: 'Select all nodes',
    group: 'Network',
    keys: ['Mod+A'],
    when: always,
    run: ({ project }) => project.select(project.document.networks.flatMap((n) => Object.keys(n.nodes)))
  },
  tidy: {
    title: 'Tidy the canvas',
    group: 'Network',
    keys: ['Shift+T'],
    when: (app) => app.canvas !== undefined,
    run: (app) => app.canvas?.tidy()
  },
  findLayer: {
    title: 'Find a layer',
    group: 'Network',
    keys: ['/'],
    when: always,
    run: (app) => findLayer(app)
  },
  nextProblem: {
    title: 'Go to the next problem',
    group: 'Network',
    keys: ['F8'],
    when: (app) => app.project.problems.length > 0 || 'There are no problems.',
    run: (app) => nextProblem(app)
  },
  railLayers: {
    title: 'Show the layers',
    group: 'Looking',
    keys: ['1'],
    when: always,
    run: (app) => showRail(app, 'layers')
  },
  railData: {
    title: 'Show the data',
    group: 'Looking',
    keys: ['2'],
    when: always,
    run: (app) => showRail(app, 'data')
  },
  railLessons: {
    title: 'Show the lessons',
    group: 'Looking',
    keys: ['3'],
    when: always,
    run: (app) => showRail(app, 'lessons')
  },
  fit: {
    title: 'Fit the network into view',
    group: 'Looking',
    keys: ['Shift+1'],
    when: (app) => app.canvas !== undefined,
    run: (app) => app.canvas?.fit()
  },
  code: {
    title: 'Show the code, or hide it',
    group: 'Looking',
    keys: ['C'],
    when: always,
    run: (app) => app.showCode(!app.codeShown)
  },
  runs: {
    title: 'Show the runs',
    group: 'Looking',
    keys: ['Mod+R'],
    when: always,
    anywhere: true,
    run: (app) => (app.runsOpen = !app.runsOpen)
  },
  present: {
    title: 'Present to a class',
    group: 'Looking',
    keys: ['P'],
    when: always,
    run: (app) => (app.presenting = !app.presenting)
  },
  shortcuts: {
    title: 'Show all keys',
    group: 'Looking',
    keys: ['?'],
    when: always,
    anywhere: true,
    run: (app) => (app.dialog = 'shortcuts')
  },
  new: {
    title: 'New project',
    group: 'Project',
    keys: ['Mod+N'],
    when: always,
    anywhere: true,
    run: (app) => app.newProject()
  },
  open: {
    title: 'Open',
    group: 'Project',
    keys: ['Mod+O'],
    when: always,
    anywhere: true,
    run: (app) => app.openFile()
  },
  save: {
    title: 'Save',
    group: 'Project',
    keys: ['Mod+S'],
    when: always,
    run: (app) => void app.save(false)
  },
  saveAs: {
    title: 'Save as',
    group: 'Project',
    keys: ['Mod+Shift+S'],
    when: always,
    run: (app) => void app.save(true)
  },
  export: {
    title: 'Export the trained network',
    group: 'Project',
    keys: ['Mod+E'],
    when: (app) =>
      app.project.problems.length > 0
        ? 'Mend the problems first.'
        : app.trainer.run.history.length > 0 || 'Train first: there is nothing to take away yet.',
    run: (app) => (app.dialog = 'export')
  },
  rename: {
    title: 'Rename the project',
    group: 'Project',
    keys: ['F2'],
    when: always,
    run: (app) => (app.renaming = true)
  },
  home: {
    title: 'Go to the start screen',
    group: 'Project',
    keys: [],
    when: always,
    run: (app) => app.goHome()
  },
  settings: {
    title: 'Settings',
    group: 'Project',
    keys: ['Mod+,'],
    when: always,
    anywhere: true,
    run: (app) => (app.dialog = 'settings')
  },
  about: {
    title: 'About Netloom',
    group: 'Project',
    keys: [],
    when: always,
    anywhere: true,
    run: (app) => (app.dialog = 'about')
  }
}

const entries = Object.entries(commands) as readonly [CommandId, Command][]

/** The command of these keys, wherever it would be allowed. */
export function commandOf(press: KeyPress, mac: boolean): CommandId | undefined {
  return entries.find(([, command]) => command.keys.some((keys) => matchesKeys(press, keys, mac)))?.[0]
}

/** Runs a command if it can be run where the app is now; true if it was. */
export function runCommand(app: AppState, id: CommandId): boolean {
  const command = commands[id]
  if (app.dialog || ((app.screen === 'start' || app.runsOpen) && !command.anywhere)) return false
  if (command.when(app) !== true) return false
  command.run(app)
  return true
}

/** Commands whose keys stay with the element that is being typed in. */
const fieldCommands: Partial<Record<MenuCommand, string>> = {
  undo: 'undo',
  redo: 'redo',
  selectAll: 'selectAll',
  delete: 'delete'
}

/** What the menu asks for. A field that has the focus keeps its own undo. */
export function runMenuCommand(app: AppState, id: MenuCommand): void {
  const native = fieldCommands[id]
  // There is no other way to reach a field's own undo from a menu.
  if (native && takesTyping(document.activeElement)) document.execCommand(native)
  else runCommand(app, id)
}

/** Listens to the keyboard; returns the way to stop. */
export function listenToKeys(app: AppState, mac: boolean): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return
    const target = event.target instanceof Element ? event.target : null
    const modified = event.ctrlKey || event.metaKey
    if (usesKey(target, event.key)) return
    const id = commandOf(event, mac)
    if (!id) return
    // Saving and opening mean the same everywhere; the rest would take letters and undo from a field.
    const global = modified && (commands[id].group === 'Project' || id === 'shortcuts')
    if (takesTyping(target) && !global) return
    // Menus, lists and dialogs have keys of their own.
    if (target?.closest('[role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]')) return
    if (event.repeat && !['undo', 'redo', 'snapshotBack', 'snapshotOn', 'batch', 'epoch'].includes(id)) return
    event.preventDefault()
    runCommand(app, id)
  }
  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}
