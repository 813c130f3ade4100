/** Where a string stands. */
export type StringPlace = 'key' | 'member' | 'item' | 'root'

/** What a quotation mark inside a string was judged to be: its end, a part of it, or the sign that it ended before. */
export type QuoteVerdict = 'end' | 'inner' | { readonly endedAt: number }

/** What is known of a string when a quotation mark turns up in it. */
export interface QuoteCase {
  readonly text: string
  readonly place: StringPlace
  /** The offset of the first code unit of the string. */
  readonly start: number
  /** The offset behind the quotation mark before this one, or of the start of the string. */
  readonly segment: number
  /** How many quotation marks of the string were judged to be a part of it. */
  readonly inner: number
  /** The string is an argument of a call or stands in a tuple: `)` can follow it. */
  readonly inParentheses: boolean
  /** How many brackets are open around it. */
  readonly depth: number
}
