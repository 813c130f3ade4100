/** The drafts of JSON Schema that are read. */
export type Draft = 'draft-07' | '2019-09' | '2020-12'

const uris: ReadonlyMap<string, Draft> = new Map([
  ['https://json-schema.org/draft-07/schema', 'draft-07'],
  ['https://json-schema.org/draft/2019-09/schema', '2019-09'],
  ['https://json-schema.org/draft/2020-12/schema', '2020-12'],
])

/** Every draft, oldest first. */
export const drafts: readonly Draft[] = ['draft-07', '2019-09', '2020-12']

/** The draft whose own metaschema a `$schema` names, by `http:` or `https:`; `undefined` for any other. */
export function draftNamed(uri: string): Draft | undefined {
  return uris.get(uri.replace(/^http:/, 'https:').replace(/#$/, ''))
}
