import type { BulletStyle } from './bullet-style.ts'
import type { CheckedSection } from './check-content.ts'
import type { CriticalStep, Item, PromptData, Section } from './prompt-data.ts'
import { addressStep, type AddressStep, sectionKey } from './resolve-address.ts'
import type { Stage, Vocabulary } from './stage.ts'
import { stageKey } from './stage-key.ts'

/** A change of a document that has been checked. */
export type PromptChange =
  | { readonly type: 'add' | 'replace'; readonly steps: readonly AddressStep[]; readonly content: CheckedSection }
  | { readonly type: 'remove'; readonly steps: readonly AddressStep[] }
  | { readonly type: 'role' | 'prologue'; readonly text: string }
  | { readonly type: 'critical'; readonly step: CriticalStep }

/** A section that is being changed. Sections that are not stay what they are, and are shared with other documents. */
interface DraftSection {
  readonly parent: DraftSection | undefined
  /** Its place among the items of the parent. */
  readonly place: number
  readonly siblings: Vocabulary | Stage | undefined
  stage: string | undefined
  fixed: number | undefined
  name: string | undefined
  title: string
  subtitle: string | undefined
  bullet: BulletStyle | undefined
  critical: CriticalStep[]
  items: (Item | DraftSection | undefined)[]
  /** Places of the sections among the items, by their keys. Made when first needed. */
  index: Map<string, number> | undefined
}

/** The document after changes. It costs what the changes add, and a copy of each list that they change. */
export function applyChanges(data: PromptData, changes: readonly PromptChange[], vocabulary: Vocabulary): PromptData {
  const root = draft({ title: '', items: data.sections, critical: data.critical ?? [] }, undefined, 0, vocabulary)
  const drafts = [root]
  const head = { role: data.role, prologue: data.prologue }

  for (const change of changes) {
    switch (change.type) {
      case 'add':
        append(walk(change.steps), change.content)
        break
      case 'replace':
        append(clear(walk(change.steps), change.steps.at(-1)?.stage), change.content)
        break
      case 'remove':
        remove(change.steps)
        break
      case 'critical':
        root.critical.push(change.step)
        break
      default:
        head[change.type] = change.text === '' ? undefined : change.text
    }
  }

  const { role, prologue } = head
  const sections = finishAll(drafts)
  return Object.freeze({
    version: 1,
    ...(role === undefined ? {} : { role }),
    ...(prologue === undefined ? {} : { prologue }),
    ...(root.critical.length === 0
      ? {}
      : { critical: Object.freeze(root.critical.map((step) => Object.freeze(step))) }),
    sections,
  })

  function walk(steps: readonly AddressStep[]): DraftSection {
    return steps.reduce((section, step) => child(section, step), root)
  }

  /** The section that a step leads to; it is made if it is not there. */
  function child(parent: DraftSection, step: AddressStep): DraftSection {
    const place = indexOf(parent).get(step.key)
    if (place === undefined) return create(parent, step)
    const item = parent.items[place] as Section | DraftSection
    if ('parent' in item) return item
    return keep(draft(item, parent, place, step.stage))
  }

  function create(parent: DraftSection, { key, stage, name }: AddressStep): DraftSection {
    const place = parent.items.length
    indexOf(parent).set(key, place)
    const fixed = stage?.order === 'fixed' ? stage.position : undefined
    const facts = stage === undefined ? { title: name } : { title: name, stage: stage.path }
    return keep(draft({ ...facts, ...(fixed === undefined ? {} : { fixed }), items: [] }, parent, place, stage))
  }

  function keep(section: DraftSection): DraftSection {
    const { parent, place } = section
    if (parent !== undefined) parent.items[place] = section
    drafts.push(section)
    return section
  }

  function append(target: DraftSection, content: CheckedSection): void {
    const queue = [{ target, content }]
    for (const { target: section, content: added } of queue) {
      if (added.title !== undefined) retitle(section, added.title)
      section.subtitle = added.subtitle ?? section.subtitle
      section.bullet = added.bullet ?? section.bullet
      for (const step of added.critical ?? []) section.critical.push(step)
      for (const item of added.items) {
        if (typeof item === 'string') section.items.push(item)
        else queue.push({ target: child(section, addressStep(section.siblings, item.title ?? '')), content: item })
      }
    }
  }

  function remove(steps: readonly AddressStep[]): void {
    let parent = root
    for (const [index, step] of steps.entries()) {
      const place = indexOf(parent).get(step.key)
      if (place === undefined) return
      if (index < steps.length - 1) {
        parent = child(parent, step)
        continue
      }
      parent.items[place] = undefined
      // Another one of the same name, as a parsed text can have it, comes to the fore.
      parent.index = undefined
    }
  }
}

function draft(
  section: Section,
  parent: DraftSection | undefined,
  place: number,
  siblings: Vocabulary | Stage | undefined,
): DraftSection {
  const { stage, fixed, name, title, subtitle, bullet, critical = [], items } = section
  const facts = { stage, fixed, name, title, subtitle, bullet, critical: [...critical] }
  return { ...facts, parent, place, siblings, items: [...items], index: undefined }
}

function indexOf(section: DraftSection): Map<string, number> {
  if (section.index !== undefined) return section.index
  const index = new Map<string, number>()
  for (const [place, item] of section.items.entries()) {
    if (item === undefined || typeof item === 'string') continue
    const key = sectionKey(item as Section, section.siblings)
    if (!index.has(key)) index.set(key, place)
  }
  section.index = index
  return index
}

/** Nothing but the name and the place stay. */
function clear(section: DraftSection, stage: Stage | undefined): DraftSection {
  const title = stage?.display ?? section.name ?? section.title
  const empty = {
    name: undefined,
    title,
    subtitle: undefined,
    bullet: undefined,
    critical: [],
    items: [],
    index: undefined,
  }
  return Object.assign(section, empty)
}

/** The name by which an ad hoc section was made stays its name. */
function retitle(section: DraftSection, title: string): void {
  if (section.stage === undefined) {
    const name = section.name ?? section.title
    section.name = stageKey(name) === stageKey(title) ? undefined : name
  }
  section.title = title
}

/** Freezes all sections, the inner ones first, and gives those at the top. */
function finishAll(drafts: readonly DraftSection[]): readonly Section[] {
  for (const section of drafts.toReversed()) {
    const items = Object.freeze(section.items.filter((item) => item !== undefined))
    if (section.parent === undefined) return items as readonly Section[]
    if (section.parent.items[section.place] !== section) continue
    section.parent.items[section.place] = finish(section, items as readonly Item[])
  }
  return []
}

function finish(
  { stage, fixed, name, title, subtitle, bullet, critical }: DraftSection,
  items: readonly Item[],
): Section {
  return Object.freeze({
    ...(stage === undefined ? {} : { stage }),
    ...(fixed === undefined ? {} : { fixed }),
    ...(name === undefined ? {} : { name }),
    title,
    ...(subtitle === undefined ? {} : { subtitle }),
    ...(bullet === undefined ? {} : { bullet }),
    ...(critical.length === 0 ? {} : { critical: Object.freeze(critical.map((step) => Object.freeze(step))) }),
    items,
  })
}
