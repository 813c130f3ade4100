import type { EtaRun } from './eta-run.ts'

/** A template that has been read. */
export interface EtaTemplate {
  readonly source: string
  /** What errors call it. */
  readonly name: string | undefined
  readonly tags: readonly EtaTag[]
  /** What eta has made of it. */
  readonly render: (it: object, options: EtaRunOptions) => string
}

/** What compiled templates get as their options. */
export interface EtaRunOptions {
  readonly run: EtaRun
}

/** A tag of a template. */
export interface EtaTag {
  /** The JavaScript in it. */
  readonly code: string
  /** Where that begins in the template, in UTF-16 units. */
  readonly offset: number
  /** The keys to follow if it prints nothing but a path from `it`. */
  readonly path: readonly (string | number)[] | undefined
}
