import { abortable } from '@empire/clock'
import type { Find } from './find.ts'
import type { Source, SourceItem } from './source.ts'

/** Items of a source by their ids, or that they are gone. */
export async function* findItems(
  source: Source,
  ids: Iterable<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Find, void, undefined> {
  if (source.item === undefined) {
    yield* findListed(source, new Set(ids), signal)
    return
  }
  for (const id of ids) yield await findOne(source, id, signal)
}

async function findOne(source: Source, id: string, signal: AbortSignal | undefined): Promise<Find> {
  try {
    return (await abortable(source.item!(id, { signal }), signal)) ?? { gone: id }
  } catch (error) {
    signal?.throwIfAborted()
    return failing(id, error)
  }
}

async function* findListed(
  source: Source,
  missing: Set<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Find, void, undefined> {
  const hiding: ((id: string) => boolean)[] = []
  for await (const item of source.items({ signal })) {
    if (item.hides !== undefined) hiding.push(item.hides)
    if (missing.delete(item.id)) yield item
    if (missing.size === 0) return
  }
  for (const id of missing) {
    const hidden = source.partial === true || source.covers?.(id) === false || hiding.some((hides) => hides(id))
    yield hidden ? failing(id, new Error('the source does not list it at present')) : { gone: id }
  }
}

/** So that asking for an item fails like reading it. */
function failing(id: string, error: unknown): SourceItem {
  return {
    id,
    path: id,
    async read() {
      throw error
    },
  }
}
