import type { Citation } from '@empire/llm'
import { createByteIndex } from './create-byte-index.ts'
import type { GeminiGrounding, GeminiSegment, GeminiSource } from './gemini-frame.ts'

/** What an answer says of its sources. */
export interface GeminiSources {
  readonly grounding: GeminiGrounding | undefined
  /** What the model recites. */
  readonly recited: readonly GeminiSource[]
}

type Fields = Readonly<Record<string, unknown>>

/** A piece of the answer in which places are counted. */
interface Piece {
  readonly start: number
  readonly toUnits: (byte: number) => number | undefined
}

/**
 * The sources of an answer: for each piece of it that is grounded, one citation for each source; sources that no piece
 * names; and what the model recites. Places are turned from bytes of UTF-8 into UTF-16 units, and checked against the words.
 *
 * @param partStarts Where in the answer the text of each of its parts begins.
 */
export function readCitations(
  answer: string,
  partStarts: readonly number[],
  { grounding, recited }: GeminiSources,
): Citation[] {
  const whole: Piece = { start: 0, toUnits: createByteIndex(answer) }
  const pieces = new Map<number, Piece>()
  const citations: Citation[] = []

  /** A part by its index; the API leaves the first one out, and counts streamed answers as if they were one part. */
  function pieceAt(index: number): Piece {
    const start = partStarts[index]
    if (index === 0 || start === undefined) return whole
    const known = pieces.get(index)
    if (known !== undefined) return known
    const piece = { start, toUnits: createByteIndex(answer.slice(start, partStarts[index + 1])) }
    pieces.set(index, piece)
    return piece
  }

  function placeOf(segment: GeminiSegment): Pick<Citation, 'start' | 'end'> {
    const { partIndex, startIndex, endIndex, text: words } = segment
    const piece = pieceAt(partIndex ?? 0)
    const from = piece.toUnits(startIndex ?? 0)
    const to = typeof endIndex === 'number' ? piece.toUnits(endIndex) : undefined
    if (from !== undefined && to !== undefined && from < to) {
      const place = { start: piece.start + from, end: piece.start + to }
      if (typeof words !== 'string' || answer.slice(place.start, place.end) === words) return place
    }
    if (!words) return {}
    if (piece !== whole) return placeOf({ ...segment, partIndex: 0 })
    const found = answer.indexOf(words)
    return found === -1 ? {} : { start: found, end: found + words.length }
  }

  const chunks = grounding?.groundingChunks ?? []
  const named = new Set<number>()
  for (const support of grounding?.groundingSupports ?? []) {
    const { segment, groundingChunkIndices } = support
    const place = placeOf(segment ?? {})
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
      ...placeOf({ startIndex, endIndex }),
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
