import { pointerTo } from '../json-pointer.ts'
import type { JsonSchema } from '../json-schema.ts'
import { compileSchema } from './compiler.ts'
import { InvalidJsonSchemaError } from './invalid-json-schema-error.ts'
import { addressOf, metaschemas } from './known-metaschemas.ts'
import { toRegExp } from './to-reg-exp.ts'
import { createRun, type Check, type ForeignIssue } from './run.ts'
import { createSchemaIndex } from './schema-index.ts'
import type { Draft } from './draft.ts'

/** How a document is checked. */
export interface DocumentCheckOptions {
  /** Where the document comes from, for the place in the error. Default: `''`, the document at hand. */
  readonly address?: string
  /** Whether patterns have to be regular expressions as they are read here; they may be for another engine. Default: `false`. */
  readonly patterns?: boolean
}

/** Throws an `InvalidJsonSchemaError` unless the document is what the metaschema of its draft says. */
export function checkDocument(
  document: JsonSchema,
  draft: Draft,
  { address = '', patterns = false }: DocumentCheckOptions = {},
): void {
  const check = metaschemaCheck(draft, patterns)
  if (check(document, createRun(undefined), undefined, undefined)) return
  const issues: ForeignIssue[] = []
  check(document, createRun(issues), undefined, undefined)
  const { path, message } = farthest(issues)
  throw new InvalidJsonSchemaError(`${address}#${pointerTo('', ...path)}`, `${message.replace('Invalid input: ', '')}.`)
}

/** Where a union refused, the option whose type was right says more than the union does. */
function farthest(issues: readonly ForeignIssue[]): { path: (string | number)[]; message: string } {
  const path: (string | number)[] = []
  let issue = issues[0]
  for (;;) {
    path.push(...((issue?.path ?? []) as (string | number)[]))
    const inner = (issue?.errors ?? []).flat() as ForeignIssue[]
    const closer = inner.find(({ keyword }) => keyword !== 'type')
    if (closer === undefined) return { path, message: issue?.message ?? 'expected a schema' }
    issue = closer
  }
}

const compiled = { any: new Map<Draft, Check>(), own: new Map<Draft, Check>() }

function metaschemaCheck(draft: Draft, patterns: boolean): Check {
  const known = patterns ? compiled.own : compiled.any
  let check = known.get(draft)
  if (check === undefined) {
    const index = createSchemaIndex(() => undefined)
    const [root] = metaschemas[draft]
    for (const document of metaschemas[draft]) index.add(document, addressOf(document), { draft, disabled: new Set() })
    check = compileSchema(root as JsonSchema, index, {
      readPattern: toRegExp,
      types: new Map(patterns ? [['regex', isPattern]] : []),
    })
    known.set(draft, check)
  }
  return check
}

function isPattern(source: unknown): boolean {
  try {
    return typeof source !== 'string' || toRegExp(source) instanceof RegExp
  } catch {
    return false
  }
}
