/** A line of text on a page. */
export interface PdfLine {
  readonly text: string
  /** Of its largest type, in points. */
  readonly height: number
  /** Of its baseline, from the bottom of the page. */
  readonly y: number
}
