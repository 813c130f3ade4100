import { isSchemaObject, type JsonSchema } from '../json-schema.ts'
import { draftNamed, drafts, type Draft } from './draft.ts'
import { InvalidJsonSchemaError } from './invalid-json-schema-error.ts'
import type { Language } from './schema-index.ts'

const groups: ReadonlySet<string> = new Set(['applicator', 'unevaluated', 'validation'])
const knownVocabularies = /^https:\/\/json-schema\.org\/draft\/20(?:19-09|20-12)\/vocab\/(?<name>[a-z-]+)$/

/** The language that a metaschema of somebody's own defines: its draft, without the vocabularies that it leaves out. */
export function languageOfMetaschema(metaschema: JsonSchema, uri: string): Language {
  const draft =
    isSchemaObject(metaschema) && typeof metaschema['$schema'] === 'string'
      ? draftNamed(metaschema['$schema'])
      : undefined
  if (draft === undefined || !isSchemaObject(metaschema)) {
    throw new InvalidJsonSchemaError(`${uri}#/$schema`, `expected the metaschema to name one of ${drafts.join(', ')}.`)
  }
  const { $vocabulary } = metaschema
  if (!isSchemaObject($vocabulary) || draft === 'draft-07') return { draft, disabled: new Set() }
  const assertsFormats = $vocabulary[formatVocabularies[draft]] === true
  return { draft, disabled: disabledBy($vocabulary, draft, uri), assertsFormats }
}

/** With these required, a format is more than an annotation. */
const formatVocabularies = {
  '2019-09': 'https://json-schema.org/draft/2019-09/vocab/format',
  '2020-12': 'https://json-schema.org/draft/2020-12/vocab/format-assertion',
} as const

function disabledBy(vocabularies: Readonly<Record<string, unknown>>, draft: Draft, uri: string): ReadonlySet<string> {
  const disabled = new Set(groups)
  // In 2019-09 what is unevaluated belongs to the applicators.
  if (draft === '2019-09') disabled.delete('unevaluated')
  for (const [vocabulary, required] of Object.entries(vocabularies)) {
    const name = knownVocabularies.exec(vocabulary)?.groups?.['name']
    if (name !== undefined) disabled.delete(name)
    else if (required === true) {
      throw new InvalidJsonSchemaError(
        `${uri}#/$vocabulary`,
        `the vocabulary ${vocabulary} is required, but not known here.`,
      )
    }
  }
  return disabled
}
