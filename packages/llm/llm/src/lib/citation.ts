/** Where a part of an answer comes from, as the vendor says it. */
export interface Citation {
  /** The words of the source, where the vendor quotes them. */
  readonly text?: string | undefined
  /** The title of the source. */
  readonly title?: string | undefined
  /** The address of the source. */
  readonly url?: string | undefined
  /** Where in the text of the answer that which it supports begins, in UTF-16 units. */
  readonly start?: number | undefined
  /** Where that ends (exclusive). */
  readonly end?: number | undefined
  /** The vendor's own words, as plain JSON data. */
  readonly vendor?: unknown
}
