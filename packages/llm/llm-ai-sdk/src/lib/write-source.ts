import type { LanguageModelV4File, LanguageModelV4Source } from '@ai-sdk/provider'
import type { Citation, ModelMedia } from '@empire/llm'

/** What an answer stands on. Where in the text that is has no field in a source: the whole citation is in its metadata. */
export function writeSource(citation: Citation, id: string): LanguageModelV4Source {
  const { url, title } = citation
  // As plain data: fields without a value have no place in JSON.
  const plain = JSON.parse(JSON.stringify(citation)) as NonNullable<LanguageModelV4Source['providerMetadata']>[string]
  const source = { type: 'source' as const, id, providerMetadata: { empire: { citation: plain } } }
  if (url !== undefined) return { ...source, sourceType: 'url', url, ...(title === undefined ? {} : { title }) }
  return { ...source, sourceType: 'document', mediaType: 'text/plain', title: title ?? '' }
}

/** What a model made beside text. */
export function writeFile({ mimeType, data }: ModelMedia): LanguageModelV4File {
  return { type: 'file', mediaType: mimeType, data: { type: 'data', data } }
}
