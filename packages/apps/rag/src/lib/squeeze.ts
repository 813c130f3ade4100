/** A text without what a quote of it may lack. */
export interface Squeezed {
  readonly text: string
  /** For each unit of `text`, its index in the text that was squeezed. */
  readonly offsets: readonly number[]
}

const dropped = /[\s>]/

/** Leaves out white space, and the `>` that starts the lines of a block quote: a quote has neither as the file has them. */
export function squeeze(text: string): Squeezed {
  const offsets: number[] = []
  let squeezed = ''
  for (let index = 0; index < text.length; index++) {
    const unit = text.charAt(index)
    if (dropped.test(unit)) continue
    squeezed += unit
    offsets.push(index)
  }
  return { text: squeezed, offsets }
}
