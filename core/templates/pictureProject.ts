import type { PictureFolder, PictureHints, ReadFolder } from '../data/pictureFolder'
import { channelsOf, type PictureSettings } from '../data/pictureSettings'
import type { Document } from '../document/schema'
import { part } from '../registry/define'
import { countText } from '../words'
import { chainProject } from './chainProject'
import type { Suggestion } from './tableProject'

/** A project made from a folder of pictures. */
export interface PictureProject {
  readonly document: Document
  readonly suggestions: readonly Suggestion[]
}

/** Sides that are offered at first, in pixels; sums of halves, for pooling. */
const SIDES = [32, 48, 64, 96]
/** All pictures together stay below this many bytes at first. */
const ROOM = 300e6
/** Pictures up to this side keep the size they have. */
const SMALL = 40
/** Fewer pictures than this leave none for a test of their own. */
const FEW = 200

/** The size that so many pictures are brought to at first. */
export function suggestSettings(hints: PictureHints | null, count: number): PictureSettings {
  if (!hints) return { width: 32, height: 32, fit: 'crop', colour: 'colour' }
  const { width, height, sameShape, grey } = hints
  const colour = grey ? 'grey' : 'colour'
  const fit = sameShape ? 'stretch' : 'crop'
  if (sameShape && Math.max(width, height) <= SMALL)
    return { width: Math.max(4, width), height: Math.max(4, height), fit, colour }
  const side = Math.min(width, height)
  const fitting = SIDES.filter(
    (s) => s <= Math.max(32, side) && count * s * s * (grey ? 1 : 3) <= ROOM && s <= (count < 2000 ? 64 : 96)
  )
  const chosen = Math.min(fitting.at(-1) ?? 32, 64)
  return { width: chosen, height: chosen, fit: sameShape && width === height ? 'stretch' : 'crop', colour }
}

/** A starter network for a folder of pictures: two convolutions, each with pooling, and a small dense layer. */
export function pictureProject({ folder, settings, hints }: ReadFolder): PictureProject {
  const count = folder.counts.reduce((a, b) => a + b, 0)
  const split = count < FEW ? { train: 0.75, test: 0 } : { train: 0.7, test: 0.15 }
  const epochs = count < 1000 ? 40 : count < 10_000 ? 20 : 10
  const units = Math.min(128, Math.max(32, 4 * folder.classes.length))
  const kernel = { kernelSize: 3, padding: 'same', activation: part('relu') }
  const deep = Math.min(settings.width, settings.height) >= 48
  const document = chainProject({
    name: titleOf(folder.name),
    source: part('pictureFolder', { folder, ...settings }),
    split,
    layers: [
      ['convolution', 'conv2d', { filters: 16, ...kernel }],
      ['pooling', 'maxPooling2d', {}],
      ['convolution2', 'conv2d', { filters: 32, ...kernel }],
      ['pooling2', 'maxPooling2d', {}],
      ...(deep
        ? ([
            ['convolution3', 'conv2d', { filters: 48, ...kernel }],
            ['pooling3', 'maxPooling2d', {}]
          ] as const)
        : []),
      ['flatten', 'flatten', {}],
      ['hidden', 'dense', { units, activation: part('relu') }],
      ['dropout', 'dropout', { rate: 0.3 }],
      ['output', 'dense', { units: folder.classes.length, activation: part('softmax') }]
    ],
    optimizer: part('adam', { learningRate: 0.001 }),
    epochs,
    batchSize: 32
  })
  return { document, suggestions: suggestionsFor(folder, settings, hints, { count, deep, epochs, split }) }
}

interface Chosen {
  readonly count: number
  readonly deep: boolean
  readonly epochs: number
  readonly split: Document['data']['split']
}

function suggestionsFor(
  folder: PictureFolder,
  settings: PictureSettings,
  hints: PictureHints | null,
  { count, deep, epochs, split }: Chosen
): Suggestion[] {
  const told = { folders: 'the folders they are in', names: 'their names', index: 'the table beside them' }
  const was = hints ? `Most are about ${hints.width} × ${hints.height}. ` : ''
  const asItIs = hints?.width === settings.width && hints.height === settings.height
  return [
    {
      what: 'Classes',
      choice: String(folder.classes.length),
      why: `Read from ${told[folder.layout]}: ${folder.classes.slice(0, 4).join(', ')}${folder.classes.length > 4 ? ' …' : ''}.`
    },
    {
      what: 'Size',
      choice: `${settings.width} × ${settings.height}`,
      why: asItIs
        ? 'The pictures are small enough to be taken as they are.'
        : `${was}This is small enough to train in minutes and large enough to see shapes.`
    },
    {
      what: 'Fit',
      choice: settings.fit === 'stretch' ? 'Pull into shape' : 'Cut off the edges',
      why:
        settings.fit === 'stretch'
          ? 'All pictures have the same shape already, so nothing is bent.'
          : 'They have different shapes, and what matters is mostly in the middle.'
    },
    {
      what: 'Colours',
      choice: channelsOf(settings) === 1 ? 'Grey' : 'In colour',
      why:
        channelsOf(settings) === 1
          ? 'None of the pictures that were looked at has colours.'
          : 'Colours often tell things apart.'
    },
    {
      what: 'Network',
      choice: `${deep ? 'Three' : 'Two'} convolutions`,
      why: 'Convolutions find edges and shapes wherever they are; pooling makes the picture smaller in between.'
    },
    {
      what: 'Training',
      choice: `${epochs} epochs`,
      why: `With ${countText(count)} pictures, about as long as it takes until learning slows down.`
    },
    {
      what: 'Parts',
      choice: split.test > 0 ? '70, 15 and 15 %' : '75 and 25 %',
      why:
        split.test > 0
          ? 'Most to learn from, some to watch, some for one honest score at the end.'
          : 'There are too few pictures to keep some for a test as well.'
    }
  ]
}

/** "my_birds" → "My birds". */
function titleOf(folder: string): string {
  const bare = folder.replaceAll('_', ' ').trim()
  const title = bare.charAt(0).toUpperCase() + bare.slice(1)
  return title === '' ? 'Pictures' : title.slice(0, 120)
}
