/**
 * The cosine or scalar product that a score of the engine stands for. Scores are never negative there: (1 + cosine) / 2, and of a scalar
 * product p + 1 above 0, 1 / (1 − p) below. See "Spaces" in the documentation of OpenSearch.
 */
export function vectorScore(metric: 'cosine' | 'dot', score: number): number {
  if (metric === 'cosine') return 2 * score - 1
  return score > 1 ? score - 1 : 1 - 1 / score
}
