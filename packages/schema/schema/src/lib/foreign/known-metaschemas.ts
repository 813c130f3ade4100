import type { JsonSchemaObject } from '../json-schema.ts'
import type { Draft } from './draft.ts'
import { draft07Metaschemas } from './metaschemas/draft-07.ts'
import { draft201909Metaschemas } from './metaschemas/draft-2019-09.ts'
import { draft202012Metaschemas } from './metaschemas/draft-2020-12.ts'

/** The metaschema documents of each draft, the entry first. */
export const metaschemas: Readonly<Record<Draft, readonly JsonSchemaObject[]>> = {
  'draft-07': draft07Metaschemas,
  '2019-09': draft201909Metaschemas,
  '2020-12': draft202012Metaschemas,
}

/** The address of a metaschema document, without a fragment. */
export function addressOf(metaschema: JsonSchemaObject): string {
  return String(metaschema['$id']).replace(/#$/, '')
}

/** The metaschema documents by their addresses, each with its draft. */
export const metaschemaAt: ReadonlyMap<string, { readonly draft: Draft; readonly document: JsonSchemaObject }> =
  new Map(
    (Object.keys(metaschemas) as Draft[]).flatMap((draft) =>
      metaschemas[draft].map((document): [string, { draft: Draft; document: JsonSchemaObject }] => [
        addressOf(document),
        { draft, document },
      ]),
    ),
  )
