import type { TextStatistics } from './text-statistics.ts'

/**
 * In how many documents a term is by each of the fields, as `cross_fields` has it: in the most of any field, and one more for each field
 * that has it less often; but never in more than have the field, nor than the shortest of the fields has terms.
 */
export function blendFrequencies(statistics: TextStatistics, paths: readonly string[], term: string): number[] {
  const own = paths.map((path) => statistics.frequency(path, term))
  if (paths.length < 2) return own
  const lengths = paths.flatMap((path, at) => ((own[at] as number) > 0 ? statistics.length(path) : []))
  const most = Math.min(statistics.size, ...lengths)
  let previous = Math.max(...own)
  let blended = Math.min(most, previous)
  const blends = [...own]
  const order = own.map((_, at) => at).toSorted((left, right) => (own[right] as number) - (own[left] as number))
  for (const at of order) {
    const current = own[at] as number
    if (current === 0) break
    if (previous > current) blended += 1
    blends[at] = Math.min(most, blended, statistics.documents(paths[at] as string))
    previous = current
  }
  return blends
}
