/** Where progress is written: a terminal, or something that is none. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined
  write(text: string): unknown
}

/** Shows how far the reading of the documents is. */
export interface Progress {
  update(counts: { files: number; chunks: number }): void
  /** Takes the line away, so that what follows starts on a clean one. */
  clear(): void
}

const interval = 50
const clearLine = '\r\u001b[K'

/** One line that is written over, at most 20 times a second, on a terminal; silent elsewhere. */
export function createProgress(stream: ProgressStream, now: () => number = () => performance.now()): Progress {
  let shown = false
  let last = Number.NEGATIVE_INFINITY
  return {
    update({ files, chunks }) {
      const time = now()
      if (stream.isTTY !== true || time - last < interval) return
      last = time
      shown = true
      stream.write(`${clearLine}${files} files read, ${chunks} chunks indexed`)
    },
    clear() {
      if (shown) stream.write(clearLine)
      shown = false
    },
  }
}
