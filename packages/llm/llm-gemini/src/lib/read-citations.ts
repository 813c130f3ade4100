import type { Citation } from '@empire/llm'
import { createByteIndex } from './create-byte-index.ts'
import type { GeminiGrounding, GeminiSource } from './gemini-frame.ts'

/** What an answer says of its sources. */
export interface GeminiSources {
  readonly grounding: GeminiGrounding | undefined
  /** What the model recites. */
  readonly recited: readonly GeminiSource[]
}

type Fields = Readonly<Record<string, unknown>>

/**
 * The sources of an answer: for each piece of it that is grounded, one citation for each source; sources that no piece
 * names; and what the model recites. Places are turned from bytes of UTF-8 into UTF-16 units, and checked against the words.
 */
export function readCitations(answer: string, { grounding, recited }: GeminiSources): Citation[] {
  const toUnits = createByteIndex(answer)
  const citations: Citation[] = []

  function placeOf(start: number, end: number | undefined, words?: string): Pick<Citation, 'start' | 'end'> {
    const from = toUnits(start)
    const to = end === undefined ? undefined : toUnits(end)
    const isPlace = from !== undefined && to !== undefined && from < to
    if (isPlace && (words === undefined || answer.slice(from, to) === words)) return { start: from, end: to }
    if (words === undefined || words === '') return {}
    const found = answer.indexOf(words)
    return found === -1 ? {} : { start: found, end: found + words.length }
  }

  const chunks = grounding?.groundingChunks ?? []
  const named = new Set<number>()
  for (const support of grounding?.groundingSupports ?? []) {
    const { segment, groundingChunkIndices } = support
    const place = placeOf(segment?.startIndex ?? 0, segment?.endIndex ?? undefined, segment?.text ?? undefined)
    for (const index of groundingChunkIndices ?? []) {
      const chunk = chunks[index]
      if (chunk === undefined) continue
      named.add(index)
      citations.push({ ...sourceOf(chunk), ...place, vendor: { groundingChunk: chunk, groundingSupport: support } })
    }
  }
  for (const [index, chunk] of chunks.entries()) {
    if (!named.has(index)) citations.push({ ...sourceOf(chunk), vendor: { groundingChunk: chunk } })
  }
  for (const source of recited) {
    const { title, uri, startIndex, endIndex } = source
    citations.push({
      ...(title ? { title } : {}),
      ...(uri ? { url: uri } : {}),
      ...placeOf(startIndex ?? 0, endIndex ?? undefined),
      vendor: { citation: source },
    })
  }
  return citations
}

/** A page of the web, a place on a map, an image, or a passage of a store of the user. */
function sourceOf(chunk: Fields): Pick<Citation, 'text' | 'title' | 'url'> {
  const { web, maps, image, retrievedContext } = chunk
  const source = [web, maps, image, retrievedContext].find(isFields) ?? {}
  const { uri, sourceUri, title, text } = source
  const url = typeof uri === 'string' ? uri : sourceUri
  return {
    ...(typeof text === 'string' && source === retrievedContext ? { text } : {}),
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof url === 'string' ? { url } : {}),
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}
