import type { EpochPoint } from '../../run/events'
import { numberText } from '../../words'

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [640, 240, 56, 30, 12]
/** Points of a line that paper can show. */
const MOST_POINTS = 600

/** The loss after each epoch as a drawing, on what was learned from and on what was not, with the best epoch marked. */
export function curvesSvg(history: readonly EpochPoint[], best: number): string {
  const each = Math.ceil(history.length / MOST_POINTS)
  const points = history.filter((_, i) => i % each === 0 || i === history.length - 1)
  const train = points.map(({ epoch, trainLoss, loss }) => [epoch, trainLoss ?? loss] as const)
  const validation = points.flatMap(({ epoch, valLoss }) =>
    valLoss === undefined ? [] : [[epoch, valLoss] as const]
  )
  const all = [...train, ...validation].map(([, value]) => value).filter(Number.isFinite)
  const top = Math.max(...all, 1e-12)
  const [first, last] = [points[0]!.epoch, points.at(-1)!.epoch]
  const x = (epoch: number): number =>
    LEFT + ((WIDTH - LEFT - 8) * (epoch - first)) / Math.max(1, last - first)
  const y = (value: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)
  const line = (values: readonly (readonly [number, number])[]): string =>
    `M${values
      .filter(([, value]) => Number.isFinite(value))
      .map(([epoch, value]) => `${x(epoch).toFixed(1)},${y(value).toFixed(1)}`)
      .join('L')}`
  const ticks = [0, 0.5, 1].map(
    (share) =>
      `<path class="grid" d="M${LEFT},${y(share * top)}H${WIDTH - 8}"/><text x="${LEFT - 8}" y="${y(share * top) + 4}" text-anchor="end">${numberText(Number((share * top).toPrecision(2)))}</text>`
  )
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="The loss after each epoch; the best is epoch ${best}">
${ticks.join('')}
<path class="best" d="M${x(best).toFixed(1)},${TOP}V${HEIGHT - BOTTOM}"/>
<path class="train" d="${line(train)}"/>
${validation.length > 0 ? `<path class="validation" d="${line(validation)}"/>` : ''}
<text x="${LEFT}" y="${HEIGHT - 8}">Epoch ${first}</text><text x="${WIDTH - 8}" y="${HEIGHT - 8}" text-anchor="end">${last}</text>
</svg>
<figcaption><span class="key train"></span>Loss on what it learned from${validation.length > 0 ? ' <span class="key validation"></span>on the validation part' : ''} <span class="key best"></span>best epoch, ${best}</figcaption>`
}
