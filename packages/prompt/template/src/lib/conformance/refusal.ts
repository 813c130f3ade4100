import { equal, ok } from 'node:assert/strict'
import { EmpireError } from '@empire/errors'
import type { TemplateEngine } from '../template-engine.ts'

/** What `throws` of node:assert checks an error with: it is one of ours, with this code and these details. */
export function refusal(
  engine: TemplateEngine,
  code: string,
  facts: Record<string, unknown>,
): (error: unknown) => boolean {
  return (error) => {
    ok(EmpireError.isInstance(error), String(error))
    equal(error.code, code)
    const { details } = error
    for (const [key, value] of Object.entries({ engine: engine.name, ...facts })) equal(details[key], value, key)
    return true
  }
}
