import type { CheckedDocument } from './checked-document.ts'
import type { CheckedVectorField } from './checked-schema.ts'
import type { IndexDefinition } from './define-index.ts'
import { embedTexts } from './embed-texts.ts'

/** The documents, with the vectors that the schema makes from their texts. */
export async function embedDocuments(
  definition: IndexDefinition,
  documents: readonly CheckedDocument[],
  signal: AbortSignal | undefined,
): Promise<readonly CheckedDocument[]> {
  let embedded = documents
  for (const field of definition.schema.fields) {
    if (field.type !== 'vector' || field.from.length === 0) continue
    const texts = embedded.map((document) => textOf(definition, document, field))
    const asked = texts.filter((text) => text !== undefined)
    const vectors = await embedTexts(definition, asked, { field, purpose: 'document', signal })
    let next = 0
    embedded = embedded.map((document, at) =>
      texts[at] === undefined ? document : withVector(document, field, vectors[next++] as Float32Array),
    )
  }
  return embedded
}

/** What is embedded: nothing for a document that brings its vector or has no text. */
function textOf(
  { schema }: IndexDefinition,
  { values }: CheckedDocument,
  { position, from }: CheckedVectorField,
): string | undefined {
  if ((values[position] as readonly unknown[]).length > 0) return undefined
  const texts = from.flatMap((name) => values[schema.byName.get(name)?.position as number] as readonly string[])
  const text = texts.join('\n\n')
  return text.trim() === '' ? undefined : text
}

function withVector(
  { id, values }: CheckedDocument,
  { position }: CheckedVectorField,
  vector: Float32Array,
): CheckedDocument {
  return { id, values: values.with(position, [vector]) }
}
