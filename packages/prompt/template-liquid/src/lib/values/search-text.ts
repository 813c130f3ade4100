import type { Budget } from '../render/budget.ts'

/** So many characters compared take some milliseconds. */
const comparisonsBetweenChecks = 1e7

/**
 * Where a text first has a part, from an index on; -1 if nowhere.
 *
 * Long texts are searched piece by piece, with a look at the clock before each: the search of the platform may take time
 * in proportion to text times part, which is hours for a megabyte each.
 */
export function indexOfText(text: string, part: string, budget: Budget, from = 0): number {
  budget.work(part.length)
  if ((text.length - from) * part.length < comparisonsBetweenChecks) {
    const index = text.indexOf(part, from)
    budget.work((index === -1 ? text.length : index) - from)
    return index
  }
  const step = stepFor(part)
  for (let start = from; start + part.length <= text.length; start += step) {
    budget.checkTime()
    const index = text.slice(start, start + step + part.length - 1).indexOf(part)
    if (index !== -1) return start + index
  }
  return -1
}

/** Where a text last has a part; -1 if nowhere. */
export function lastIndexOfText(text: string, part: string, budget: Budget): number {
  budget.work(text.length + part.length)
  if (text.length * part.length < comparisonsBetweenChecks) return text.lastIndexOf(part)
  const step = stepFor(part)
  for (let end = text.length; end >= part.length; end -= step) {
    budget.checkTime()
    const start = Math.max(0, end - step - part.length + 1)
    const index = text.slice(start, end).lastIndexOf(part)
    if (index !== -1) return start + index
  }
  return -1
}

function stepFor(part: string): number {
  return Math.max(1, Math.floor(comparisonsBetweenChecks / Math.max(1, part.length)))
}

/** The order of two texts by their code units: negative, 0, positive. */
export function codeUnitsBefore(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
