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
  readonly run: EtaIncluder
}

/** What a rendering offers to the functions of eta. */
export interface EtaIncluder {
  /** The text of another template, rendered in between. */
  include(path: string, assigns: object): string
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
