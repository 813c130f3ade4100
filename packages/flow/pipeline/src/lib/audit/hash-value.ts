import { type ContentHash, contentHash } from '@empire/record'

/** The hash of a value, as `contentHash` of `@empire/record` gives it; or why there is none: it is no JSON. */
export type HashOrReason = ContentHash | { readonly unhashed: string }

/** Any value may pass through a pipeline that is not journalled: it is no fault that one has no hash. */
export function hashValue(value: unknown): HashOrReason | undefined {
  if (value === undefined) return undefined
  try {
    return contentHash(value)
  } catch (error) {
    return { unhashed: error instanceof Error ? error.message : 'it throws when it is read' }
  }
}
