import type { Item, Section } from './prompt-data.ts'

/** How the items of a section differ from those of an earlier one. */
export interface ItemDifferences {
  /** Sections that are in both. */
  readonly sections: readonly (readonly [Section, Section])[]
  readonly removed: readonly Section[]
  readonly added: readonly Section[]
  readonly texts: readonly TextChange[]
  /** Items of both that have changed places. */
  readonly moved: readonly { readonly item: string; readonly from: number; readonly to: number }[]
}

type TextChange =
  | { readonly type: 'item-added' | 'item-removed'; readonly place: number; readonly text: string }
  | { readonly type: 'item-reworded'; readonly place: number; readonly from: string; readonly to: string }

/** Places of one item before and after. */
interface Match {
  readonly from: number
  readonly to: number
}

/** Compares items: equal texts and sections of one identity are the same; texts between the same neighbours were reworded. */
export function diffItems(
  before: readonly Item[],
  after: readonly Item[],
  identityOf: (section: Section) => string,
): ItemDifferences {
  const matches = matchItems(before, after, identityOf)
  const kept = longestRun(matches)
  const keptPlaces = new Set(kept.map(({ to }) => to))
  const sections = matches.flatMap(({ from, to }) => {
    const [one, other] = [before[from], after[to]]
    return typeof one === 'object' && typeof other === 'object' ? [[one, other] as const] : []
  })
  const matchedBefore = new Set(matches.map(({ from }) => from))
  const matchedAfter = new Set(matches.map(({ to }) => to))
  const restBefore = before.map((item, place) => ({ item, place })).filter(({ place }) => !matchedBefore.has(place))
  const restAfter = after.map((item, place) => ({ item, place })).filter(({ place }) => !matchedAfter.has(place))
  return {
    sections,
    removed: restBefore.flatMap(({ item }) => (typeof item === 'string' ? [] : [item])),
    added: restAfter.flatMap(({ item }) => (typeof item === 'string' ? [] : [item])),
    texts: compareTexts(restBefore.filter(isText), restAfter.filter(isText), kept),
    moved: matches
      .filter(({ to }) => !keptPlaces.has(to))
      .map(({ from, to }) => ({ item: labelOf(after[to]), from, to })),
  }
}

interface PlacedText {
  readonly item: string
  readonly place: number
}

function isText(placed: { item: Item; place: number }): placed is PlacedText {
  return typeof placed.item === 'string'
}

function labelOf(item: Item | undefined): string {
  return typeof item === 'object' ? item.title : (item ?? '')
}

/** Equal items in pairs, in the order of the later places. */
function matchItems(
  before: readonly Item[],
  after: readonly Item[],
  identityOf: (section: Section) => string,
): readonly Match[] {
  const keyOf = (item: Item): string => (typeof item === 'string' ? `text ${item}` : identityOf(item))
  const places = new Map<string, { list: number[]; next: number }>()
  for (const [place, item] of before.entries()) {
    const key = keyOf(item)
    const found = places.get(key)
    if (found === undefined) places.set(key, { list: [place], next: 0 })
    else found.list.push(place)
  }
  return after.flatMap((item, to) => {
    const found = places.get(keyOf(item))
    const from = found?.list[found.next++]
    return from === undefined ? [] : [{ from, to }]
  })
}

/** The most matches that are in the same order before and after: a longest increasing subsequence. */
function longestRun(matches: readonly Match[]): readonly Match[] {
  /** The last match of the best run of each length, and what comes before each match in its run. */
  const lasts: number[] = []
  const previous: (number | undefined)[] = []
  for (const [index, { from }] of matches.entries()) {
    let low = 0
    let high = lasts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((matches[lasts[middle] ?? 0]?.from ?? 0) < from) low = middle + 1
      else high = middle
    }
    previous[index] = low === 0 ? undefined : lasts[low - 1]
    lasts[low] = index
  }
  const run: Match[] = []
  for (let index = lasts.at(-1); index !== undefined; index = previous[index]) run.push(matches[index] as Match)
  return run.toReversed()
}

/** Texts that are left in the same gap between items that stayed are taken in pairs, in order. */
function compareTexts(
  before: readonly PlacedText[],
  after: readonly PlacedText[],
  kept: readonly Match[],
): readonly TextChange[] {
  const changes: TextChange[] = []
  let [nextBefore, nextAfter] = [0, 0]
  for (const { from, to } of [...kept, { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY }]) {
    for (;;) {
      const one = before[nextBefore]
      const other = after[nextAfter]
      const isGone = one !== undefined && one.place < from
      const isNew = other !== undefined && other.place < to
      if (isGone && isNew) changes.push({ type: 'item-reworded', place: other.place, from: one.item, to: other.item })
      else if (isGone) changes.push({ type: 'item-removed', place: one.place, text: one.item })
      else if (isNew) changes.push({ type: 'item-added', place: other.place, text: other.item })
      else break
      if (isGone) nextBefore++
      if (isNew) nextAfter++
    }
  }
  return changes
}
