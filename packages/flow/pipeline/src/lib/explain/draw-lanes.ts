import type { RowLanes } from './lanes.ts'

/**
 * One row of a graph in characters, two columns for each lane: `├─●`.
 *
 * A line that is crossed and not met is drawn as `─│─`.
 */
export function drawLanes({ node, joins, passing }: RowLanes, mark: string, width: number): string {
  const met = new Map(joins.map(({ lane, ends }) => [lane, ends]))
  const lanes = [...met.keys(), ...(node === -1 ? [] : [node])]
  const left = Math.min(...lanes)
  const right = Math.max(...lanes)
  let text = ''
  for (let lane = 0; lane < width; lane++) {
    const ends = met.get(lane)
    if (lane === node) text += mark
    else if (ends !== undefined) text += meeting(ends, lane === left, lane === right)
    else if (passing.includes(lane)) text += '│'
    else text += lane > left && lane < right ? '─' : ' '
    text += lane >= left && lane < right ? '─' : ' '
  }
  return text.trimEnd()
}

function meeting(ends: boolean, isLeft: boolean, isRight: boolean): string {
  if (isLeft) return ends ? '╰' : '├'
  if (isRight) return ends ? '╯' : '┤'
  return ends ? '┴' : '┼'
}
