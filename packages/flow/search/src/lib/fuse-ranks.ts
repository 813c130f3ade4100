import { compareText } from './compare-text.ts'

/** What reciprocal rank fusion makes of a document. */
export interface FusedRank {
  readonly id: string
  readonly score: number
  /** By list: its rank from 1, or `undefined` where the list does not have it. */
  readonly ranks: readonly (number | undefined)[]
}

/**
 * Lists of ids, best first, as one: a document's score is the sum of weight / (rankConstant + rank) over the lists that have it
 * (Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet", 2009). Best first, equal scores by id.
 */
export function fuseRanks(
  lists: readonly { readonly ids: readonly string[]; readonly weight: number }[],
  rankConstant: number,
): FusedRank[] {
  const ranks = new Map<string, (number | undefined)[]>()
  for (const [at, { ids }] of lists.entries()) {
    for (const [index, id] of ids.entries()) {
      const own = ranks.get(id) ?? Array.from<number | undefined>({ length: lists.length })
      own[at] = index + 1
      ranks.set(id, own)
    }
  }
  const fused = Array.from(ranks, ([id, own]): FusedRank => {
    const score = lists.reduce((sum, { weight }, at) => {
      const rank = own[at]
      return rank === undefined ? sum : sum + weight / (rankConstant + rank)
    }, 0)
    return { id, score, ranks: own }
  })
  return fused.toSorted((left, right) => right.score - left.score || compareText(left.id, right.id))
}
