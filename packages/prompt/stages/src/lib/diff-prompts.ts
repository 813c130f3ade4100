import { describeValue } from '@empire/errors'
import { diffItems } from './diff-items.ts'
import { orderSections } from './order-sections.ts'
import type { BulletStyle } from './bullet-style.ts'
import type { CriticalStep, PromptData, Section } from './prompt-data.ts'
import { sameData } from './same-data.ts'
import { stageKey } from './stage-key.ts'

/** The titles on the way to a section, in the later document where it is in both. Empty for the document itself. */
type Path = readonly string[]

/** Something that two documents differ in. Places are counted from 0, among all items of the section. */
export type PromptDifference =
  | { readonly type: 'stage-added' | 'stage-removed'; readonly path: Path; readonly section: Section }
  | { readonly type: 'stage-moved'; readonly path: Path; readonly from: Path }
  | { readonly type: 'item-added' | 'item-removed'; readonly path: Path; readonly place: number; readonly text: string }
  | {
      readonly type: 'item-reworded'
      readonly path: Path
      readonly place: number
      readonly from: string
      readonly to: string
    }
  /** The fewest items or sections that have changed places with those that are in both documents. */
  | {
      readonly type: 'order-changed'
      readonly path: Path
      readonly moved: readonly { readonly item: string; readonly from: number; readonly to: number }[]
    }
  | {
      readonly type: 'style-changed'
      readonly path: Path
      readonly from: BulletStyle | undefined
      readonly to: BulletStyle | undefined
    }
  | {
      readonly type: 'text-changed'
      readonly part: 'role' | 'prologue' | 'title' | 'subtitle'
      readonly path: Path
      readonly from: string | undefined
      readonly to: string | undefined
    }
  | {
      readonly type: 'critical-changed'
      readonly path: Path
      readonly from: readonly CriticalStep[]
      readonly to: readonly CriticalStep[]
    }

/** A section with the way to it. */
interface Located {
  readonly section: Section
  readonly parent: Located | undefined
}

/** Sections of one document without a counterpart in the other. */
interface Pool {
  /** Those whose parents have one. */
  readonly outer: Set<Located>
  /** Those below others without one: they may have moved out or in. */
  readonly inner: Set<Located>
  /** Those of which the parts are not in the pool yet. */
  closed: Located[]
  /** Sections with a counterpart. */
  readonly matched: Set<Section>
}

const documentTitle = ''

/**
 * What has changed from one document to a later one, from the outside in.
 *
 * A section is the same if it has the same stage or name; in another place it has moved. What an added or removed section holds
 * is not listed again. Throws `TypeError` for what is no prompt. Time grows with the size of the documents, and n log n with the items of a section.
 */
export function diffPrompts(
  before: { readonly data: PromptData },
  after: { readonly data: PromptData },
): PromptDifference[] {
  checkPrompt('before', before)
  checkPrompt('after', after)
  const differences: PromptDifference[] = []
  for (const part of ['role', 'prologue'] as const) {
    const [from, to] = [before.data[part], after.data[part]]
    if (from !== to) differences.push({ type: 'text-changed', part, path: [], from, to })
  }
  const removed = createPool()
  const added = createPool()
  const pairs: (readonly [Located, Located])[] = [[wholeOf(before.data), wholeOf(after.data)]]

  comparePairs()
  do matchMoved()
  while (open(removed) + open(added) > 0)
  for (const located of removed.outer) reportWhole('stage-removed', located)
  for (const located of added.outer) reportWhole('stage-added', located)
  return differences

  function comparePairs(): void {
    for (const [from, to] of pairs) comparePair(from, to)
    pairs.length = 0
  }

  function comparePair(from: Located, to: Located): void {
    const [a, b] = [from.section, to.section]
    if (a === b) return
    const path = pathOf(to)
    for (const part of ['title', 'subtitle'] as const) {
      if (a[part] !== b[part]) differences.push({ type: 'text-changed', part, path, from: a[part], to: b[part] })
    }
    if (a.bullet !== b.bullet) differences.push({ type: 'style-changed', path, from: a.bullet, to: b.bullet })
    const steps = [a.critical ?? [], b.critical ?? []] as const
    if (!sameData(...steps)) differences.push({ type: 'critical-changed', path, from: steps[0], to: steps[1] })
    const found = diffItems(a.items, b.items, identityOf)
    for (const [one, other] of found.sections) {
      if (removed.matched.has(one) || added.matched.has(other)) continue
      removed.matched.add(one)
      added.matched.add(other)
      pairs.push([
        { section: one, parent: from },
        { section: other, parent: to },
      ])
    }
    for (const section of found.removed) leave(removed, { section, parent: from })
    for (const section of found.added) leave(added, { section, parent: to })
    for (const change of found.texts) differences.push({ ...change, path })
    if (found.moved.length > 0) differences.push({ type: 'order-changed', path, moved: found.moved })
  }

  function matchMoved(): void {
    const left = [...removed.outer, ...removed.inner].filter(({ section }) => !removed.matched.has(section))
    const byIdentity = Map.groupBy(left.toReversed(), ({ section }) => identityOf(section))
    for (const other of [...added.outer, ...added.inner]) {
      if (added.matched.has(other.section)) continue
      const same = byIdentity.get(identityOf(other.section)) ?? []
      let one = same.pop()
      // What is in a section that has moved has gone with it.
      while (one !== undefined && removed.matched.has(one.section)) one = same.pop()
      if (one === undefined) continue
      take(removed, one)
      take(added, other)
      differences.push({ type: 'stage-moved', path: pathOf(other), from: pathOf(one) })
      pairs.push([one, other])
      comparePairs()
    }
  }

  function reportWhole(type: 'stage-added' | 'stage-removed', located: Located): void {
    differences.push({ type, path: pathOf(located), section: located.section })
  }
}

function checkPrompt(name: string, prompt: { readonly data: PromptData }): void {
  if (Array.isArray(prompt?.data?.sections)) return
  throw new TypeError(`Expected "${name}" to be a prompt, as createPrompt() makes it, got ${describeValue(prompt)}.`)
}

function createPool(): Pool {
  return { outer: new Set(), inner: new Set(), closed: [], matched: new Set() }
}

/** Keeps a section for which a counterpart may be found elsewhere. */
function leave(pool: Pool, located: Located): void {
  if (pool.matched.has(located.section)) return
  pool.outer.add(located)
  pool.closed.push(located)
}

function take(pool: Pool, located: Located): void {
  pool.matched.add(located.section)
  pool.outer.delete(located)
  pool.inner.delete(located)
}

/** Takes in all that is below the sections of a pool, the outer ones first; gives how many there were. */
function open(pool: Pool): number {
  const queue = pool.closed.filter(({ section }) => !pool.matched.has(section))
  pool.closed = []
  for (const parent of queue) {
    for (const section of parent.section.items) {
      if (typeof section === 'string' || pool.matched.has(section)) continue
      const located = { section, parent }
      pool.inner.add(located)
      queue.push(located)
    }
  }
  return queue.length
}

function wholeOf({ sections, critical = [] }: PromptData): Located {
  return { section: { title: documentTitle, critical, items: orderSections(sections) }, parent: undefined }
}

function identityOf({ stage, name, title }: Section): string {
  return stage === undefined ? `name ${stageKey(name ?? title)}` : `stage ${stage}`
}

function pathOf(located: Located): Path {
  const path: string[] = []
  for (let one: Located | undefined = located; one?.parent !== undefined; one = one.parent) path.push(one.section.title)
  return path.toReversed()
}
