import { isContent } from './is-content.ts'
import type { StreamPart } from '../stream-part.ts'

/** A stream whose first content has come. */
export interface OpenStream {
  /** The parts up to and with the first content. */
  readonly first: readonly StreamPart[]
  /** Gives the others. */
  readonly rest: AsyncIterator<StreamPart>
}

/** Reads a stream up to its first content. What it throws until then was thrown before anything was delivered. */
export async function openStream(parts: AsyncIterable<StreamPart>): Promise<OpenStream> {
  const rest = parts[Symbol.asyncIterator]()
  const first: StreamPart[] = []
  while (true) {
    const result = await rest.next()
    if (result.done === true) return { first, rest }
    first.push(result.value)
    if (isContent(result.value)) return { first, rest }
  }
}
