import type { BulletStyle } from './bullet-style.ts'

/** A step that must not be left out, marked by a line above and a line below. */
export interface CriticalStep {
  /** What the opening line calls it, on one line. */
  readonly title: string
  /** What to do; it may be empty. */
  readonly text: string
}

/** A part of a document: a title and what stands below it. */
export interface Section {
  /** The path of the stage in the vocabulary; nothing for an ad hoc section. */
  readonly stage?: string
  /** The place of a stage in the vocabulary, if its order is fixed. Only at the top level. */
  readonly fixed?: number
  /** The name of an ad hoc section, where its title is another one. */
  readonly name?: string
  /** The heading; never empty. */
  readonly title: string
  /** A remark below the heading. */
  readonly subtitle?: string
  /** The bullets of the items. Default: what follows on the style of the section itself. */
  readonly bullet?: BulletStyle
  /** Steps below the heading, before the items. */
  readonly critical?: readonly CriticalStep[]
  /** Texts and sections, in order. */
  readonly items: readonly Item[]
}

/** A text, or a section within a section. */
export type Item = string | Section

/** A document: plain JSON data, deeply frozen. Texts are in the form that `normalText` gives them. */
export interface PromptData {
  /** The version of this form. */
  readonly version: 1
  /** Who is spoken to. */
  readonly role?: string
  /** What comes before all sections. */
  readonly prologue?: string
  /** Steps before all sections. */
  readonly critical?: readonly CriticalStep[]
  /** Top-level sections, in the order of insertion. */
  readonly sections: readonly Section[]
}
