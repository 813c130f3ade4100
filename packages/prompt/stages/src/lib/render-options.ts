import { describeValue, expectKnownKeys } from '@empire/errors'
import { type BulletStyle, checkBulletStyle } from './bullet-style.ts'

/** How the sections of a level are marked: by the bullet of the list, a Markdown heading, or a pair of XML tags. */
export type LevelForm = 'bullet' | 'markdown' | 'xml'

/** What stands before and behind a text, on its first and last line. */
export type Marks = readonly [before: string, after: string]

/** Whether nothing is marked. */
export function isEmpty([before, after]: Marks): boolean {
  return before === '' && after === ''
}

/** The form of a rendering. Every option has a default; give `parsePrompt` the same ones. */
export interface RenderOptions {
  /** Spaces for each level, from 1 to 16. Default: 2. */
  indent?: number | undefined
  /** The bullets from the top: the style after that of the parent is taken. Default: number, dash, star, lower-alpha. */
  progression?: readonly BulletStyle[] | undefined
  /** The style after the last of the progression, and after one that is not in it. Default: dash. */
  fallback?: BulletStyle | undefined
  /** Blank lines between role, prologue, critical steps and sections at the top, from 0 to 16. Default: 1. */
  blankLines?: number | undefined
  /** How sections are marked, level by level from the top. Default: by bullets; so are levels beyond. */
  levels?: readonly LevelForm[] | undefined
  /** What stands around the role. Default: two stars. */
  role?: Marks | undefined
  /** What stands around a subtitle. Default: parentheses. */
  subtitle?: Marks | undefined
  /**
   * What ends the titles of sections below the top level that have bullets, unless items with bullets stand right below
   * them. Default: a colon.
   */
  titleEnd?: string | undefined
  /** What stands around the title of a critical step, and the line that closes it. */
  critical?: { readonly open: Marks; readonly close: string } | undefined
}

/** Options with their defaults. */
export interface RenderForm {
  readonly indent: number
  readonly progression: readonly BulletStyle[]
  readonly fallback: BulletStyle
  readonly blankLines: number
  readonly levels: readonly LevelForm[]
  readonly role: Marks
  readonly subtitle: Marks
  readonly titleEnd: string
  readonly critical: { readonly open: Marks; readonly close: string }
}

const defaults: RenderForm = {
  indent: 2,
  progression: ['number', 'dash', 'star', 'lower-alpha'],
  fallback: 'dash',
  blankLines: 1,
  levels: [],
  role: ['**', '**'],
  subtitle: ['(', ')'],
  titleEnd: ':',
  critical: { open: ['!!! MANDATORY STEP [', '] !!!'], close: '!!! END MANDATORY STEP !!!' },
}

const forms: ReadonlySet<unknown> = new Set(['bullet', 'markdown', 'xml'])

/** The deepest level of a Markdown heading. */
const deepestHeading = 6

/** Throws `TypeError` for options that are not known, or are out of range. */
export function resolveRenderOptions(options: RenderOptions = {}, others: readonly string[] = []): RenderForm {
  expectKnownKeys('"options"', options, [...Object.keys(defaults), ...others])
  const given: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(options)) {
    if (value !== undefined) given[key] = value
  }
  const form = { ...defaults, ...given } as RenderForm
  return {
    indent: checkCount('indent', form.indent, 1),
    progression: checkArray('progression', form.progression).map((style, index) =>
      checkBulletStyle(style, `progression[${index}]`),
    ),
    fallback: checkBulletStyle(form.fallback, 'fallback'),
    blankLines: checkCount('blankLines', form.blankLines, 0),
    levels: checkLevels(form.levels),
    role: checkMarks('role', form.role),
    subtitle: checkMarks('subtitle', form.subtitle),
    titleEnd: checkMark('titleEnd', form.titleEnd),
    critical: {
      open: checkMarks('critical.open', form.critical?.open),
      close: checkMark('critical.close', form.critical?.close),
    },
  }
}

function checkCount(name: string, value: unknown, least: number): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= 16) return value as number
  throw mismatch(name, `a whole number from ${least} to 16`, value)
}

function checkArray(name: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw mismatch(name, 'an array', value)
}

function checkLevels(value: unknown): readonly LevelForm[] {
  const levels = checkArray('levels', value)
  for (const [index, level] of levels.entries()) {
    if (!forms.has(level)) throw mismatch(`levels[${index}]`, '"bullet", "markdown" or "xml"', level)
    if (level === 'markdown' && index >= deepestHeading) {
      throw mismatch(`levels[${index}]`, '"bullet" or "xml", since Markdown has six levels of headings', level)
    }
  }
  return levels as LevelForm[]
}

function checkMarks(name: string, value: unknown): Marks {
  if (!Array.isArray(value) || value.length !== 2) throw mismatch(name, 'a pair of texts, [before, after]', value)
  const [before, after] = value as [unknown, unknown]
  if (typeof before !== 'string' || /[\r\n]/.test(before) || before !== before.trimStart()) {
    throw mismatch(`${name}[0]`, 'a text on one line that does not begin with a space', before)
  }
  return [before, checkMark(`${name}[1]`, after)]
}

function checkMark(name: string, value: unknown): string {
  if (typeof value === 'string' && !/[\r\n]/.test(value) && value === value.trimEnd()) return value
  throw mismatch(name, 'a text on one line that does not end with a space', value)
}

function mismatch(name: string, expected: string, came: unknown): TypeError {
  return new TypeError(`Expected "${name}" to be ${expected}, got ${describeValue(came)}.`)
}
