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

/** Sections of one document that have no counterpart yet. */
type Pool = Set<Located>

const documentTitle = ''

/**
 * What has changed from one document to a later one, from the outside in.
 *
 * A section is the same if it has the same stage or name; in another place it has moved. What an added or removed section holds
 * is not listed again. Time grows with the size of the documents, and n log n with the items of a section.
 */
export function diffPrompts(
  before: { readonly data: PromptData },
  after: { readonly data: PromptData },
): PromptDifference[] {
  const differences: PromptDifference[] = []
  for (const part of ['role', 'prologue'] as const) {
    const [from, to] = [before.data[part], after.data[part]]
    if (from !== to) differences.push({ type: 'text-changed', part, path: [], from, to })
  }
  const removed: Pool = new Set()
  const added: Pool = new Set()
  const pairs: (readonly [Located, Located])[] = [[wholeOf(before.data), wholeOf(after.data)]]
  /** Sections below those that are gone or new: they may have moved out or in. */
  const inner = { removed: new Set<Located>(), added: new Set<Located>() }

  for (;;) {
    for (const [from, to] of pairs.splice(0)) comparePair(from, to)
    if (pairs.length === 0) matchMoved(removed, added)
    if (pairs.length > 0) continue
    if (!openPools()) break
  }
  return differences

  function comparePair(from: Located, to: Located): void {
    const [a, b] = [from.section, to.section]
    const path = pathOf(to)
    const report = (difference: PromptDifference): unknown => differences.push(difference)
    for (const part of ['title', 'subtitle'] as const) {
      if (a[part] !== b[part]) report({ type: 'text-changed', part, path, from: a[part], to: b[part] })
    }
    if (a.bullet !== b.bullet) report({ type: 'style-changed', path, from: a.bullet, to: b.bullet })
    const steps = [a.critical ?? [], b.critical ?? []] as const
    if (!sameData(...steps)) report({ type: 'critical-changed', path, from: steps[0], to: steps[1] })
    const found = diffItems(a.items, b.items, identityOf)
    for (const [one, other] of found.sections) {
      pairs.push([
        { section: one, parent: from },
        { section: other, parent: to },
      ])
    }
    for (const section of found.removed) removed.add({ section, parent: from })
    for (const section of found.added) added.add({ section, parent: to })
    for (const change of found.texts) report({ ...change, path })
    if (found.moved.length > 0) report({ type: 'order-changed', path, moved: found.moved })
  }

  function matchMoved(gone: Pool, fresh: Pool): void {
    const byIdentity = new Map<string, Located[]>()
    for (const one of gone) {
      const identity = identityOf(one.section)
      const same = byIdentity.get(identity)
      if (same === undefined) byIdentity.set(identity, [one])
      else same.push(one)
    }
    for (const other of fresh) {
      const one = byIdentity.get(identityOf(other.section))?.shift()
      if (one === undefined) continue
      gone.delete(one)
      fresh.delete(other)
      differences.push({ type: 'stage-moved', path: pathOf(other), from: pathOf(one) })
      pairs.push([one, other])
    }
  }

  /** Reports what has no counterpart, and goes on with what it holds. False when there is nothing left. */
  function openPools(): boolean {
    for (const [kind, pool] of [
      ['removed', removed],
      ['added', added],
    ] as const) {
      for (const located of pool) {
        if (inner[kind].has(located)) continue
        differences.push({ type: `stage-${kind}`, path: pathOf(located), section: located.section })
      }
      inner[kind] = new Set(childrenOf(pool))
      pool.clear()
      for (const located of inner[kind]) pool.add(located)
    }
    return removed.size > 0 && added.size > 0
  }
}

function wholeOf({ sections, critical = [] }: PromptData): Located {
  return { section: { title: documentTitle, critical, items: orderSections(sections) }, parent: undefined }
}

function childrenOf(pool: Pool): Located[] {
  return [...pool].flatMap((parent) =>
    parent.section.items.filter((item) => typeof item !== 'string').map((section) => ({ section, parent })),
  )
}

function identityOf({ stage, name, title }: Section): string {
  return stage === undefined ? `name ${stageKey(name ?? title)}` : `stage ${stage}`
}

function pathOf(located: Located): Path {
  const path: string[] = []
  for (let one: Located | undefined = located; one?.parent !== undefined; one = one.parent) path.push(one.section.title)
  return path.toReversed()
}
