import { pointerTo } from '../json-pointer.ts'
import type { JsonSchema } from '../json-schema.ts'
import { compileSchema } from './compiler.ts'
import { InvalidJsonSchemaError } from './invalid-json-schema-error.ts'
import { addressOf, metaschemas } from './known-metaschemas.ts'
import type { Check, ForeignIssue, Run } from './run.ts'
import { createSchemaIndex } from './schema-index.ts'
import type { Draft } from './draft.ts'

const compiled = new Map<Draft, Check>()

/** Throws an `InvalidJsonSchemaError` unless the document is what the metaschema of its draft says. */
export function checkDocument(document: JsonSchema, draft: Draft, address = ''): void {
  const check = metaschemaCheck(draft)
  const run: Run = { issues: undefined, scope: undefined }
  if (check(document, run, undefined, undefined)) return
  const issues: ForeignIssue[] = []
  run.issues = issues
  check(document, run, undefined, undefined)
  const issue = deepest(issues)
  throw new InvalidJsonSchemaError(
    `${address}#${pointerTo('', ...(issue?.path ?? []).map(String))}`,
    `${lowerFirst(issue?.message ?? 'not a schema')}.`,
  )
}

/** Of the reasons why a union refused, the one that got farthest says most. */
function deepest(issues: readonly ForeignIssue[]): ForeignIssue | undefined {
  return issues[0]
}

function lowerFirst(text: string): string {
  return text.replace(/^Invalid input: /, '')
}

function metaschemaCheck(draft: Draft): Check {
  let check = compiled.get(draft)
  if (check === undefined) {
    const index = createSchemaIndex(() => undefined)
    const [root] = metaschemas[draft]
    for (const document of metaschemas[draft]) index.add(document, addressOf(document), { draft, disabled: new Set() })
    check = compileSchema(root as JsonSchema, index, { readPattern: (source) => new RegExp(source, 'u'), formats: {} })
    compiled.set(draft, check)
  }
  return check
}
