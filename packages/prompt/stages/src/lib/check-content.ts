import { describeValue, expectKnownKeys } from '@empire/errors'
import { type BulletStyle, checkBulletStyle } from './bullet-style.ts'
import { normalLine, normalText } from './normal-text.ts'
import type { CriticalStep, Section } from './prompt-data.ts'

/** A section to add: what is given is set, and the items are appended. */
export interface SectionInput {
  /** The heading. Default: the one there is, or else that of the stage. Required in a list. */
  title?: string | undefined
  /** A remark below the heading. */
  subtitle?: string | undefined
  /** The bullets of the items. Default: those that follow on the bullets of the level above. */
  bullet?: BulletStyle | undefined
  /** Steps that must not be left out. They are appended. */
  critical?: readonly CriticalStep[] | undefined
  /** Texts and sections. A section of a name that is there already is appended to it. */
  items?: Content | undefined
}

/** What is added to a section: a text, a section, or a list of both. */
export type Content = string | SectionInput | readonly (string | SectionInput)[]

/** A section that has been checked, with texts in normal form. */
export interface CheckedSection extends Omit<Section, 'title' | 'items'> {
  readonly title?: string
  readonly items: readonly (string | CheckedSection)[]
}

/** A section of which the items are being checked. */
interface OpenInput {
  readonly source: object
  readonly items: readonly unknown[]
  readonly checked: (string | CheckedSection)[]
  readonly path: string
  next: number
}

const inputKeys = ['title', 'subtitle', 'bullet', 'critical', 'items']
const dataKeys = ['stage', 'fixed', 'name', ...inputKeys]

/** Throws `TypeError` with the path of what does not fit. */
export function checkContent(content: Content, name: string): CheckedSection {
  if (content === undefined) throw mismatch(name, 'a text, a section, or a list of both', content)
  const isSection = typeof content === 'object' && content !== null && !Array.isArray(content)
  return checkSections(isSection ? content : { items: content }, name, inputKeys)
}

/** The same for sections in JSON, which say what they are the sections of. */
export function checkSectionsData(sections: readonly unknown[], name: string): readonly Section[] {
  for (const [index, section] of sections.entries()) {
    if (typeof section === 'string') throw mismatch(`${name}[${index}]`, 'a section', section)
  }
  return checkSections({ items: sections }, name, dataKeys).items as readonly Section[]
}

function checkSections(root: unknown, name: string, keys: readonly string[]): CheckedSection {
  const open: OpenInput[] = []
  const sources = new Set<unknown>()
  const checked = openSection(root, name)
  for (let input = open.at(-1); input !== undefined; input = open.at(-1)) {
    if (input.next === input.items.length) {
      sources.delete(input.source)
      open.pop()
      continue
    }
    const path = `${input.path}[${input.next}]`
    const item = input.items[input.next++]
    if (typeof item === 'string') input.checked.push(normalText(item))
    else input.checked.push(requireTitle(openSection(item, path), path))
  }
  return checked

  function openSection(input: unknown, path: string): CheckedSection {
    // A promise, a map or a date would be an empty section.
    if (!isPlainObject(input)) {
      throw mismatch(path, 'a text or a section such as { title: "Steps", items: ["First"] }', input)
    }
    if (sources.has(input)) throw new TypeError(`Expected "${path}" to end, got a section that is a part of itself.`)
    expectKnownKeys(`"${path}"`, input, keys)
    const { items = [] } = input as { items?: unknown }
    // The path of a list that is given alone is its own.
    const own = path === name && keys === dataKeys ? path : `${path}.items`
    const section = checkSection(input, path)
    sources.add(input)
    open.push({
      source: input,
      items: listItems(items, own),
      checked: section.items as CheckedSection[],
      path: own,
      next: 0,
    })
    return section
  }
}

/** Whether it is an object as literals and JSON make it, in whatever realm. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function requireTitle(section: CheckedSection, path: string): CheckedSection {
  if (section.title === undefined) throw mismatch(`${path}.title`, 'a title', undefined)
  return section
}

function checkSection(input: object, path: string): CheckedSection {
  const { stage, fixed, name, title, subtitle, bullet, critical = [] } = input as Record<string, unknown>
  if (fixed !== undefined && !(Number.isSafeInteger(fixed) && (fixed as number) >= 0)) {
    throw mismatch(`${path}.fixed`, 'a place counted from 0', fixed)
  }
  if (!Array.isArray(critical)) throw mismatch(`${path}.critical`, 'an array of { title, text }', critical)
  const steps = critical.map((step, index) => checkCritical(step, `${path}.critical[${index}]`))
  const remark = subtitle === undefined ? '' : checkText(subtitle, `${path}.subtitle`)
  return {
    ...(stage === undefined ? {} : { stage: checkTitle(stage, `${path}.stage`) }),
    ...(fixed === undefined ? {} : { fixed: fixed as number }),
    ...(name === undefined ? {} : { name: checkTitle(name, `${path}.name`) }),
    ...(title === undefined ? {} : { title: checkTitle(title, `${path}.title`) }),
    ...(remark === '' ? {} : { subtitle: remark }),
    ...(bullet === undefined ? {} : { bullet: checkBulletStyle(bullet, `${path}.bullet`) }),
    ...(steps.length === 0 ? {} : { critical: steps }),
    items: [],
  }
}

function listItems(items: unknown, path: string): readonly unknown[] {
  if (Array.isArray(items)) return items
  if (typeof items === 'string' || (typeof items === 'object' && items !== null)) return [items]
  throw mismatch(path, 'a text, a section, or a list of both', items)
}

/** A text in normal form. */
export function checkText(text: unknown, name: string): string {
  if (typeof text === 'string') return normalText(text)
  throw mismatch(name, 'a text', text)
}

/** A title in normal form; it holds at least one character that is no white space. */
function checkTitle(title: unknown, name: string): string {
  const text = typeof title === 'string' ? normalText(title) : ''
  if (text !== '') return text
  throw mismatch(name, 'a title that is not blank', title)
}

/** A critical step in normal form. */
export function checkCritical(step: unknown, name: string): CriticalStep {
  if (typeof step !== 'object' || step === null) throw mismatch(name, 'a step such as { title, text }', step)
  expectKnownKeys(`"${name}"`, step, ['title', 'text'])
  const { title, text } = step as Record<string, unknown>
  if (typeof title !== 'string') throw mismatch(`${name}.title`, 'a title', title)
  return { title: normalLine(title), text: checkText(text, `${name}.text`) }
}

/** An error that names what was expected and what came. */
export function mismatch(name: string, expected: string, came: unknown): TypeError {
  return new TypeError(`Expected "${name}" to be ${expected}, got ${describeValue(came)}.`)
}
