import { copyEntries } from './copy-entries.ts'
import { lazyCopy } from './lazy-copy.ts'
import type { PartialFrame } from './partial-frame.ts'
import { nothing } from './partial-sink.ts'

/** Open levels that are copied at each read; what is open below them is copied when it is looked at. */
const eagerLevels = 64
/** Entries that one read copies at most, beside the smallest containers. A key weighs as much as several elements. */
const eagerEntries = 2_048
const entriesPerKey = 8
const smallest = 64

/**
 * The value at this moment: finished parts as they are, and a copy of each open container with what it holds so far.
 *
 * A read costs at most a fixed number of copied entries. Where more would be needed, in arrays and objects with thousands of
 * entries that are still open, the container is a view that copies when it is looked into as a whole.
 *
 * @param frames From the root down.
 * @param open What stands at the end of the text: a scalar that may go on, or `nothing`.
 */
export function snapshot(frames: readonly PartialFrame[], depth: number, open: unknown): unknown {
  let level = depth - 1
  let value = open
  if (depth > eagerLevels && frames[eagerLevels]?.rules === undefined) {
    value = deepCopy(frames, eagerLevels, depth, open)
    level = eagerLevels - 1
  }
  let left = eagerEntries
  for (; level >= 0; level--) {
    const frame = frames[level] as PartialFrame
    const { keys, values, rules, key } = frame
    const count = values.length
    const shown = rules?.at(key ?? count)?.done ? nothing : value
    if (rules !== undefined && !hasRequired(frame, rules.required, shown)) {
      value = nothing
      continue
    }
    const cost = keys === undefined ? count : count * entriesPerKey
    if (cost > smallest) left -= cost
    value =
      cost > smallest && left < 0
        ? lazyCopy(values, keys, count, key, shown === nothing ? nothing : () => shown)
        : frame.copy(shown)
  }
  return value
}

function hasRequired(frame: PartialFrame, required: readonly string[], open: unknown): boolean {
  return required.every((key) => {
    if (frame.key === key && open !== nothing && open !== null) return true
    const position = frame.position(key)
    return position >= 0 && frame.values[position] !== null
  })
}

/** What is open within the container at `level`, copied when first looked at. */
function deepCopy(frames: readonly PartialFrame[], level: number, depth: number, open: unknown): unknown {
  const highest = frames[level] as PartialFrame
  const lowest = frames[depth - 1] as PartialFrame
  const count = lowest.values.length
  const { key } = lowest
  if (highest === lowest)
    return lazyCopy(highest.values, highest.keys, count, key, open === nothing ? nothing : () => open)
  return lazyCopy(highest.values, highest.keys, highest.values.length, highest.key, () => {
    let value = copyEntries(lowest.values, lowest.keys, count, key, open)
    for (let frame = lowest; frame.parent !== highest; frame = frame.parent as PartialFrame) {
      const { values, keys } = frame.parent as PartialFrame
      value = copyEntries(values, keys, frame.parentCount, frame.parentKey, value)
    }
    return value
  })
}
