import { checkerOf } from './checker.ts'
import { type ContractIssue, toContractIssues } from './contract-issue.ts'
import { expectNow } from './expect-now.ts'
import type { ErrorSchemas } from './schemas.ts'

/** Gives what is wrong with an error that a function has thrown; nothing, if its contract declares it so. */
export type ErrorJudge = (error: unknown) => readonly ContractIssue[]

export function createErrorJudge(errors: ErrorSchemas): ErrorJudge {
  const codes = Object.keys(errors)
  const declared = codes.length === 0 ? 'no error' : `an error with the code ${codes.map(quote).join(' or ')}`
  return (error) => {
    const code: unknown = (error as { code?: unknown } | null | undefined)?.code
    const schema = typeof code === 'string' && Object.hasOwn(errors, code) ? errors[code] : undefined
    if (!(error instanceof Error) || schema === undefined) {
      return [{ path: [], message: `Expected ${declared}, received ${describeError(error)}.` }]
    }
    const details: unknown = (error as { details?: unknown }).details
    const outcome = expectNow(checkerOf(schema).check(details), `"errors.${String(code)}"`)
    return outcome.issues === undefined ? [] : toContractIssues(outcome.issues, ['details'])
  }
}

function quote(code: string): string {
  return JSON.stringify(code)
}

/** Without its message, which may hold anything: the error itself is the cause. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${error === null ? 'null' : typeof error}`
  const code: unknown = (error as { code?: unknown }).code
  return typeof code === 'string' ? `${error.name} with the code ${quote(code)}` : `${error.name} without a code`
}
