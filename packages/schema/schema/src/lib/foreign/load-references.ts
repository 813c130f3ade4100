import { abortable } from '../abortable.ts'
import { isJsonSchema, isSchemaObject, type JsonSchema } from '../json-schema.ts'
import { checkDocument } from './check-document.ts'
import { copyDocument } from './copy-document.ts'
import { draftNamed, drafts, type Draft } from './draft.ts'
import { InvalidJsonSchemaError } from './invalid-json-schema-error.ts'
import { metaschemaAt } from './known-metaschemas.ts'
import { languageOfMetaschema } from './language.ts'
import { createSchemaIndex, ownAddress, splitFragment, type Language, type SchemaIndex } from './schema-index.ts'
import { UnresolvedReferenceError } from './unresolved-reference-error.ts'

/** Fetches a document by its address; `undefined` if there is none. */
export type ResolveDocument = (
  uri: string,
  options: { signal?: AbortSignal | undefined },
) => JsonSchema | undefined | Promise<JsonSchema | undefined>

export interface LoadOptions {
  readonly draft: Draft
  /** Whether the caller named the draft, which then stands in for a `$schema` that nobody knows. */
  readonly explicit: boolean
  readonly resolve: ResolveDocument | undefined
  readonly signal: AbortSignal | undefined
}

/** Indexes a document and everything that it refers to, directly or not. */
export async function loadReferences(document: JsonSchema, options: LoadOptions): Promise<SchemaIndex> {
  const languages = new Map<string, Language>()
  const index = createSchemaIndex((uri) => languages.get(uri))
  await learnLanguage(document, languages, options)
  const stated = languageOf(document, languages, options.draft)
  const language =
    options.explicit && stated.draft !== options.draft ? { draft: options.draft, disabled: new Set<string>() } : stated
  checkDocument(document, language.draft)
  index.add(document, ownAddress, language)

  // The list grows while it is gone through: what is loaded refers to more.
  for (const { uri, location, draft } of index.references) {
    if (index.find(uri) !== undefined) continue
    const [address] = splitFragment(uri)
    if (!index.resources.has(address)) {
      const loaded = await load(address, location, options)
      await learnLanguage(loaded, languages, options)
      const foreign = languageOf(loaded, languages, draft)
      if (!metaschemaAt.has(address)) checkDocument(loaded, foreign.draft, { address: shown(address) })
      index.add(loaded, address, foreign)
    }
    if (index.find(uri) === undefined) {
      throw new UnresolvedReferenceError(shown(uri), location, 'the document has no schema there.')
    }
  }
  return index
}

async function load(address: string, location: string, { resolve, signal }: LoadOptions): Promise<JsonSchema> {
  const builtIn = metaschemaAt.get(address)
  if (builtIn !== undefined) return builtIn.document
  if (resolve === undefined) {
    throw new UnresolvedReferenceError(shown(address), location, 'nothing is fetched without the option "resolve".')
  }
  return fetchDocument(address, location, resolve, signal)
}

async function fetchDocument(
  address: string,
  location: string,
  resolve: ResolveDocument,
  signal: AbortSignal | undefined,
): Promise<JsonSchema> {
  let found: unknown
  try {
    found = await abortable(Promise.resolve(resolve(shown(address), { signal })), signal)
  } catch (cause) {
    if (signal?.aborted === true) throw signal.reason
    throw new UnresolvedReferenceError(shown(address), location, 'the option "resolve" failed.', cause)
  }
  signal?.throwIfAborted()
  if (found === undefined)
    throw new UnresolvedReferenceError(shown(address), location, 'the option "resolve" has no such document.')
  if (!isJsonSchema(found))
    throw new InvalidJsonSchemaError(`${shown(address)}#`, 'expected a schema: an object or a boolean.')
  return copyDocument(found, shown(address))
}

/** Finds out what the `$schema` of a document means if it is none of a draft's own. */
async function learnLanguage(
  document: JsonSchema,
  languages: Map<string, Language>,
  options: LoadOptions,
): Promise<void> {
  const uri = isSchemaObject(document) ? document['$schema'] : undefined
  if (typeof uri !== 'string' || draftNamed(uri) !== undefined || languages.has(uri)) return
  const [address] = splitFragment(uri)
  if (metaschemaAt.has(address)) return
  try {
    if (options.resolve === undefined)
      throw new UnresolvedReferenceError(uri, '#/$schema', 'it is no draft that is known here.')
    const metaschema = await fetchDocument(address, '#/$schema', options.resolve, options.signal)
    languages.set(uri, languageOfMetaschema(metaschema, uri))
  } catch (error) {
    if (!(error instanceof UnresolvedReferenceError)) throw error
    // The caller says what the document is to be read as.
    if (options.explicit) return
    throw new InvalidJsonSchemaError(
      '#/$schema',
      `${uri} is none of ${drafts.join(', ')}. Say which to read it as with "draft", or give its metaschema with "resolve".`,
      error,
    )
  }
}

function languageOf(document: JsonSchema, languages: ReadonlyMap<string, Language>, fallback: Draft): Language {
  const standard: Language = { draft: fallback, disabled: new Set() }
  const uri = isSchemaObject(document) ? document['$schema'] : undefined
  if (typeof uri !== 'string') return standard
  const draft = draftNamed(uri) ?? metaschemaAt.get(splitFragment(uri)[0])?.draft
  return draft === undefined ? (languages.get(uri) ?? standard) : { draft, disabled: new Set() }
}

/** Addresses that only stand for the document's own are written as the document writes them. */
function shown(uri: string): string {
  return uri.startsWith(ownAddress) ? uri.slice(ownAddress.length) || '#' : uri
}
