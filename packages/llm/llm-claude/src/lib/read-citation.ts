import type { Citation } from '@empire/llm'

/** A citation as the API writes it: which fields there are depends on what is cited. */
export type ClaudeCitation = Readonly<Record<string, unknown>>

/** A citation, for the piece of the answer from `start` up to `end`. */
export function readCitation(citation: ClaudeCitation, start: number, end: number): Citation {
  const text = textOf(citation['cited_text'])
  const title = textOf(citation['document_title']) ?? textOf(citation['title'])
  const url = textOf(citation['url']) ?? textOf(citation['source'])
  return {
    ...(text === undefined ? {} : { text }),
    ...(title === undefined ? {} : { title }),
    ...(url === undefined ? {} : { url }),
    start,
    end,
    vendor: citation,
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
