import type { BulletStyle } from './bullet-style.ts'
import type { LevelForm, RenderForm } from './render-options.ts'

/** The bullets of a list, and the style that its sections hand on to their own lists. */
export interface ListStyle {
  /** What stands before each item. */
  readonly style: BulletStyle
  /** What the lists of its sections follow on; `undefined` where no level above has a bullet. */
  readonly handedOn: BulletStyle | undefined
}

/**
 * The bullets of the items of a section.
 *
 * Without an explicit style they follow on the one that was handed on to the section. Bulletless levels hand on what was
 * handed on to them: sections below an explicit `none`, and those that are headings or tags.
 */
export function listStyle(
  form: RenderForm,
  received: BulletStyle | undefined,
  explicit: BulletStyle | undefined,
  level: LevelForm,
): ListStyle {
  const style = explicit ?? nextStyle(form, received)
  return { style, handedOn: level !== 'bullet' || explicit === 'none' ? received : style }
}

/** The style after this one in the progression; `undefined` stands for what is above the first. */
function nextStyle({ progression, fallback }: RenderForm, style: BulletStyle | undefined): BulletStyle {
  if (style === undefined) return progression[0] ?? fallback
  const place = progression.indexOf(style)
  return place === -1 ? fallback : (progression[place + 1] ?? fallback)
}

/** How the sections of a level are marked. */
export function levelForm({ levels }: RenderForm, level: number): LevelForm {
  return levels[level] ?? 'bullet'
}
