import type { RowLanes } from './lanes.ts'

const pitch = 18
const height = 30
const middle = height / 2
const bend = 7

/** One row of a graph as SVG. Rows that stand below each other without a gap make one drawing. */
export function drawLanesSvg(
  { node, joins, continues, below, passing }: RowLanes,
  mark: string,
  lanes: number,
): string {
  const width = lanes * pitch
  const center = xOf(node)
  const joined = joins.map(({ lane, ends }) => {
    const x = xOf(lane)
    if (!ends) return `M${x} 0V${height}M${x} ${middle}H${center}`
    return `M${x} 0V${middle - bend}Q${x} ${middle} ${x + (center > x ? bend : -bend)} ${middle}H${center}`
  })
  const own =
    node === -1
      ? ''
      : `${continues ? `M${center} 0V${middle}` : ''}${below.includes(node) ? `M${center} ${middle}V${height}` : ''}`
  // Lines that pass are drawn over those that they cross, with a margin: they do not meet.
  const through = passing.map((lane) => `M${xOf(lane)} 0V${height}`).join('')
  return [
    `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true">`,
    pathOf('line', joined.join('') + own),
    pathOf('gap', through),
    pathOf('line', through),
    node === -1 ? '' : `<circle class="${mark}" cx="${center}" cy="${middle}" r="5"/>`,
    '</svg>',
  ].join('')
}

function xOf(lane: number): number {
  return lane * pitch + pitch / 2
}

function pathOf(name: string, data: string): string {
  return data === '' ? '' : `<path class="${name}" d="${data}"/>`
}
