/** Documents with a number each: a score, or a part of one. */
export interface ScoreList {
  /** In ascending order. */
  readonly numbers: Float64Array
  readonly scores: Float64Array
}

const empty: ScoreList = { numbers: new Float64Array(0), scores: new Float64Array(0) }

/** The sums by document. */
export function addLists(parts: readonly { readonly list: ScoreList; readonly factor: number }[]): ScoreList {
  if (parts.length === 0) return empty
  if (parts.length === 1) {
    const [{ list, factor }] = parts as [(typeof parts)[number]]
    return factor === 1 ? list : { numbers: list.numbers, scores: list.scores.map((score) => score * factor) }
  }
  // By halves: every document is copied as often as there are halvings, however many lists there are.
  const middle = parts.length >>> 1
  return merge(addLists(parts.slice(0, middle)), addLists(parts.slice(middle)))
}

function merge(left: ScoreList, right: ScoreList): ScoreList {
  const most = left.numbers.length + right.numbers.length
  const numbers = new Float64Array(most)
  const scores = new Float64Array(most)
  let one = 0
  let other = 0
  let count = 0
  while (one < left.numbers.length || other < right.numbers.length) {
    const first = left.numbers[one] ?? Infinity
    const second = right.numbers[other] ?? Infinity
    let score = 0
    if (first <= second) score += left.scores[one++] as number
    if (second <= first) score += right.scores[other++] as number
    numbers[count] = Math.min(first, second)
    scores[count++] = score
  }
  return { numbers: numbers.subarray(0, count), scores: scores.subarray(0, count) }
}

/** The score of a document; `undefined` if it is not there. */
export function scoreOf({ numbers, scores }: ScoreList, number: number): number | undefined {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((numbers[middle] as number) < number) low = middle + 1
    else high = middle
  }
  return numbers[low] === number ? scores[low] : undefined
}
