/** How many slips are forgiven in a folded word where a query does not say: none in 1 or 2 letters, one in 3 to 5, two in more. */
export function fuzzyDistance(word: string): 0 | 1 | 2 {
  const letters = word.length <= 12 ? [...word].length : word.length
  return letters <= 2 ? 0 : letters <= 5 ? 1 : 2
}
