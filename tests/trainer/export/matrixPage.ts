import { formats } from '@core/export/formats'
import { layers } from '@core/registry'
import type { ExportCase } from './cases'

/** What was found about one network in one format. */
export interface MatrixResult {
  readonly case: string
  readonly format: string
  /** The program that was asked. */
  readonly by?: string
  readonly difference?: number
  readonly allowed?: number
  readonly error?: string
  readonly refused?: string
}

/** docs/export.md: what people should know, and tables from what was found. */
export function matrixPage(results: readonly MatrixResult[], cases: readonly ExportCase[]): string {
  const all = Object.values(formats).filter(({ whole }) => !whole)
  const rows = Object.values(layers)
    .filter(({ role }) => role === 'layer')
    .map(({ type, title }) => {
      const own = cases.filter(({ name }) => name.startsWith(`${type} `)).map(({ name }) => name)
      return [
        title,
        ...all.map((format) => cell(results.filter((r) => r.format === format.type && own.includes(r.case))))
      ]
    })
  const groups = ['random', 'lesson'].map((group) => [
    group === 'random' ? 'Random networks' : 'Networks of lessons',
    ...all.map((format) =>
      counted(results.filter((r) => r.format === format.type && r.case.startsWith(`${group} `)))
    )
  ])
  const worst = all.map((format) => {
    const own = results.filter((r) => r.format === format.type && r.difference !== undefined)
    const by = [...new Set(own.map((r) => r.by))].join(', ')
    const worstOf = own.reduce((most, r) => Math.max(most, r.difference! / (r.allowed || 1)), 0)
    return [format.title, by, String(own.length), `${Math.ceil(100 * worstOf)} %`]
  })
  return `${INTRODUCTION}
## What was tried

Written by \`npm run test:full -- --only exports\`. Every network got weights by chance; two answers agree where
max|a − b| ≤ 10⁻⁵ · max|b| + 10⁻⁶.

${table(['Format', 'Asked in', 'Networks', 'Largest difference, of what is allowed'], worst)}

### Layer by layer

yes: every setting that was tried gives the same answers; a number: how many of them; –: refused, see below.

${table(['Layer', ...all.map(({ title }) => title)], [...rows, ...groups])}

### What is refused, and why

${refusals(results)}
`
}

function cell(results: readonly MatrixResult[]): string {
  const right = results.filter(agrees).length
  const held = results.filter(({ refused }) => refused === undefined).length
  if (held === 0) return '–'
  if (right < held) return `**${right} of ${held}**`
  return held === results.length ? 'yes' : `${held} of ${results.length}`
}

function counted(results: readonly MatrixResult[]): string {
  const held = results.filter(({ refused }) => refused === undefined)
  return `${held.filter(agrees).length} of ${results.length}`
}

const agrees = ({ error, refused, difference = 0, allowed = 0 }: MatrixResult): boolean =>
  error === undefined && refused === undefined && difference <= allowed

function refusals(results: readonly MatrixResult[]): string {
  const byReason = new Map<string, Set<string>>()
  for (const { format, refused } of results)
    if (refused !== undefined) {
      const title = formats[format]!.title
      byReason.set(title, (byReason.get(title) ?? new Set()).add(refused))
    }
  return [...byReason]
    .map(
      ([title, reasons]) =>
        `- ${title}\n${[...reasons]
          .sort()
          .map((reason) => `  - ${reason}`)
          .join('\n')}`
    )
    .join('\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

const INTRODUCTION = `# Taking a network away

**Export** in the bar at the top (Ctrl+E) makes a folder of a trained network: files that open elsewhere, a README.md with
code that loads them, and preparation.json, which says what goes in and what comes out. On the command line it is
\`netloom export PROJECT --format keras --out FOLDER\`.

Before anything is saved, the files are read back by a program that had no part in writing them, and answers to up to
100 real examples are compared. The dialog says what was checked, by which program, how large the largest difference is,
and what could not be checked here. An export that is not right is not offered. Folders appear whole or not at all.

- **Which moment:** the best epoch, the latest, or the one that the time slider shows.
- **Pictures** go in as bytes, 0 to 255: the exported network brings them to its own scale in its first layer.
- **Columns of a table** have to be brought to numbers first. prepare.py does it in Python, by preparation.json.
- **Activations** that Keras has as layers only (Leaky with any slope) become a layer of their own behind their layer.
- **Starting weights** are replaced by the trained ones. Where a format has no such start it names another: “Open gates”
  becomes zeros, and TensorFlow.js gets Glorot in the place of orthogonal ones, which it takes seconds to draw.
- **ONNX, SavedModel and TensorFlow Lite** hold what the network computes, as operations, and take any number of examples
  at once. They answer; they do not train on. Recurrent layers are whole in ONNX and written out step by step elsewhere.
- **TensorFlow Lite with fewer bits** stores kernels as 16 or 8 bits and computes with 32. Netloom says how far answers to
  real examples move, and how many become another class; the table holds the files to the rounded weights.

## Code

The **Keras program** is Python that builds the same network, loads what it has learned, and trains it again. Run as it
is, it asks real examples and prints how far its answers are from those in Netloom; with \`train\` it trains from the
same starting weights on the same data and split, with the same loss, optimizer, schedule, epochs and early stopping. What
cannot be the same is the order in which the examples of an epoch are mixed, and what dropout leaves out: every library
draws its own random numbers. What a program leaves out stands at its top: pictures that are changed while training,
and ends of a training other than epochs and patience.

The **TensorFlow.js program** is the same as a module for Node.js (\`npm install @tensorflow/tfjs\`). Netloom itself runs it
before it is saved. TensorFlow.js has no schedules of the learning rate, no clipping and no weights of classes; what is
left out stands at the top.

**C**, or the button at the canvas, shows the program beside the canvas, trained or not. It follows every edit. The
lines of a selected node are lit, and a click on a line selects its node; so do the arrow keys on line numbers.

## A page that anyone can open

**Web page** makes one HTML file of about 0.8 MB, and the weights: with the network, what prepares its input, and the
program that runs it. It opens in any browser of the last years, on phones, too, from the disk or a mail; it needs no
network and loads nothing (a policy in the file forbids it). Whoever has it draws a digit, moves a point, chooses or takes
a picture, fills in a row, draws a curve or begins a text, and sees what the network says.

- **Small networks can be trained in it** (rows and points; up to 100,000 numbers of data and about a second an epoch):
  Train, Start over, the learning rate, and the way back to what it came with. It is the app's own training; the same seed
  gives the same numbers. **The data is then inside the file**, for everyone to read who gets it.
- **Checked in the app:** Netloom opens the file in a window that nobody sees, without a network, gives it up to 100 real
  examples as a person would make them (a point, cells of the table, pixels), and compares the answers. On the command
  line there is no browser, and \`netloom export --format page\` says that nothing was compared.
- **Refused** are networks whose input nobody can make by hand (noise; pictures of more than 256 pixels a side; more than
  60 numbers), pages of more than 40 MB, and networks that a browser would think about for many seconds.

## A report

**Report** makes one HTML file for people: the network drawn and as a table, the data by part and class, the curves with
the best epoch, what was taken for what, the wrong answers that the network was surest of, every setting, the seeds and
versions. It prints on A4, loads nothing and runs nothing. **Report on paper** is the same as PDF, which only Netloom’s
window makes. The test part is not looked at: a score on it is honest only once.
`
