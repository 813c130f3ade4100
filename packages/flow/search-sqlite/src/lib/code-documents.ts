import type { CheckedDocument } from '@empire/search/backend'
import type { IndexTables } from './index-tables.ts'
import type { WordCoder } from './word-coder.ts'

/** A document with what its row of the words holds. */
export interface CodedDocument extends CheckedDocument {
  /** By text field: its codes, or `null` where the document has no text. */
  readonly codes: readonly (string | null)[]
}

/** How many characters are analysed before others get their turn: some 10 ms. */
const turn = 100_000

/** Analyses documents, with turns for others in between. */
export async function codeDocuments(
  { textFields, analyzerOf }: IndexTables,
  coders: readonly WordCoder[],
  documents: readonly CheckedDocument[],
  signal: AbortSignal | undefined,
): Promise<CodedDocument[]> {
  const coded: CodedDocument[] = []
  let read = 0
  for (const document of documents) {
    const codes = textFields.map((field) => {
      const texts = document.values[field.position] as readonly string[]
      return texts.length === 0 ? null : (coders[analyzerOf(field)] as WordCoder).codeTexts(texts)
    })
    coded.push({ ...document, codes })
    read += codes.reduce((sum, code) => sum + (code?.length ?? 0), 0)
    if (read < turn) continue
    await new Promise<void>((resolve) => setImmediate(resolve))
    signal?.throwIfAborted()
    read = 0
  }
  return coded
}
