import type { DocumentPart } from './document.ts'
import type { TextBlock } from './text-decoding.ts'

/** What a part says of the encoding: nothing for UTF-8. A guess is stated in the metadata. */
export function partEncoding({
  encoding,
  confidence,
}: Pick<TextBlock, 'encoding' | 'confidence'>): Pick<DocumentPart, 'encoding' | 'metadata'> {
  const stated = confidence === undefined ? {} : { encodingConfidence: Math.round(confidence * 100) / 100 }
  if (encoding === 'utf-8') return confidence === undefined ? {} : { metadata: { encoding, ...stated } }
  return { encoding, metadata: { encoding, ...stated } }
}
