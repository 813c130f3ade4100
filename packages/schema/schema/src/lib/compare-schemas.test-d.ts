import * as z from 'zod'
import type { ChangeReason } from './compare/change-reason.ts'
import { compareSchemas, type SchemaComparison } from './compare-schemas.ts'

const comparison = compareSchemas(z.string(), { type: 'string' }, 'input') satisfies SchemaComparison
comparison.compatible satisfies boolean
for (const { path, reason, message } of comparison.breaking) {
  path satisfies readonly (string | number)[]
  reason satisfies ChangeReason
  message satisfies string
}
// @ts-expect-error The direction is always said.
compareSchemas(z.string(), z.string())
// @ts-expect-error There are two directions.
compareSchemas(z.string(), z.string(), 'both')
// @ts-expect-error No such reason.
'renamed' satisfies ChangeReason
