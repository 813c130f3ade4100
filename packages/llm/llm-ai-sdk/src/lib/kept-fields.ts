import type { SharedV4ProviderMetadata } from '@ai-sdk/provider'
import type { Reasoning } from '@empire/llm'
import { type Fields, isFields } from './is-fields.ts'

/** The name under which our models keep what they want back, in the metadata that the SDK hands on. */
const key = 'empire'

/** What a thought has beside its text, as metadata of a reasoning part: it comes back as options of that part. */
export function writeKept({ signature, vendor }: Omit<Reasoning, 'text'>): {
  providerMetadata?: SharedV4ProviderMetadata
} {
  if (signature === undefined && vendor === undefined) return {}
  const kept = { ...(signature === undefined ? {} : { signature }), ...(vendor === undefined ? {} : { vendor }) }
  return { providerMetadata: { [key]: kept as SharedV4ProviderMetadata[string] } }
}

/** A thought from a reasoning part that came back; `undefined` for one of somebody else. */
export function readKept(part: unknown): Reasoning | undefined {
  if (!isFields(part) || typeof part['text'] !== 'string' || !isFields(part['providerOptions'])) return undefined
  const kept = part['providerOptions'][key]
  if (!isFields(kept)) return undefined
  const { signature, vendor } = kept
  return {
    text: part['text'],
    ...(typeof signature === 'string' ? { signature } : {}),
    ...(isFields(vendor) ? { vendor: Object.fromEntries(Object.entries(vendor).filter(isFieldsOf)) } : {}),
  }
}

function isFieldsOf(entry: [name: string, value: unknown]): entry is [name: string, fields: Fields] {
  return isFields(entry[1])
}
