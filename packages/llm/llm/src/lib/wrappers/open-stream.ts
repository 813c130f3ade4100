import { sourceOf } from '../stream/layered-stream.ts'
import type { PartSource } from '../stream/part-source.ts'
import { pullParts } from '../stream/pull-parts.ts'
import type { StreamPart } from '../stream-part.ts'
import { isContent } from './is-content.ts'

/**
 * A stream whose first content has come, from its beginning. What this throws was thrown before anything was delivered.
 */
export async function openStream(parts: AsyncIterable<StreamPart>): Promise<PartSource> {
  const rest = sourceOf(parts)
  const first: StreamPart[] = []
  await pullParts(rest, (part) => {
    first.push(part)
    return isContent(part)
  })
  let delivered = 0
  return {
    pull(sink) {
      const part = first[delivered++]
      if (part === undefined) rest.pull(sink)
      else sink.part(part)
    },
    close: () => rest.close(),
  }
}
