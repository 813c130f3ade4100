import { expectResult, isStandardSchema, type JsonSchemaDocument, type StandardSchema } from './accepted-schema.ts'
import { jsonSchemaIssues } from './json-schema-issues.ts'
import type { RepairIssue } from './repair-rung.ts'

/** The verdict on a value. */
export type Verdict =
  | { readonly valid: true; readonly value: unknown }
  | { readonly valid: false; readonly outcome: 'invalid' | 'too_deep'; readonly issues: readonly RepairIssue[] }

/** Whether a value satisfies a schema, and what it lacks. A value deeper than `maxDepth` is not shown to the schema. */
export async function judgeValue(
  value: unknown,
  schema: StandardSchema | JsonSchemaDocument | undefined,
  maxDepth: number,
): Promise<Verdict> {
  if (isDeeper(value, maxDepth)) {
    const message = `Expected at most ${maxDepth} levels of arrays and objects, got more.`
    return { valid: false, outcome: 'too_deep', issues: [{ message, path: [] }] }
  }
  if (schema === undefined) return { valid: true, value }
  if (!isStandardSchema(schema)) {
    const issues = jsonSchemaIssues(value, schema)
    return issues.length === 0 ? { valid: true, value } : { valid: false, outcome: 'invalid', issues }
  }
  const result: unknown = await schema['~standard'].validate(value)
  expectResult(result)
  if (result.issues === undefined) return { valid: true, value: result.value }
  const issues = result.issues.map(({ message, path = [] }) => ({ message, path: path.map((step) => keyOf(step)) }))
  return { valid: false, outcome: 'invalid', issues }
}

function keyOf(step: unknown): string | number {
  const key = typeof step === 'object' && step !== null && 'key' in step ? step.key : step
  return typeof key === 'number' ? key : String(key)
}

function isDeeper(value: unknown, most: number): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    level = level.filter((each) => typeof each === 'object' && each !== null)
    if (level.length > 0 && depth === most) return true
    level = level.flatMap((each) => Object.values(each as object))
  }
  return false
}
