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
    const { isError, name, code, details } = factsOf(error)
    const schema = isError && typeof code === 'string' && Object.hasOwn(errors, code) ? errors[code] : undefined
    if (schema === undefined) {
      const received = isError ? `${name} ${describeCode(code)}` : `a thrown ${error === null ? 'null' : typeof error}`
      return [{ path: [], message: `Expected ${declared}, received ${received}.` }]
    }
    const outcome = expectNow(checkerOf(schema).check(details), `"errors.${String(code)}"`)
    return outcome.issues === undefined ? [] : toContractIssues(outcome.issues, ['details'])
  }
}

function quote(code: string): string {
  return JSON.stringify(code)
}

/** Of an error, without its message, which may hold anything: the error itself is the cause. */
interface ErrorFacts {
  readonly isError: boolean
  readonly name?: string
  readonly code?: unknown
  readonly details?: unknown
}

/** A value that throws when it is read is no declared error. */
function factsOf(error: unknown): ErrorFacts {
  try {
    if (!(error instanceof Error)) return { isError: false }
    const { name, code, details } = error as Error & { code?: unknown; details?: unknown }
    return { isError: true, name: String(name).slice(0, longest), code, details }
  } catch {
    return { isError: false }
  }
}

/** Characters of a name or a code that a message shows. */
const longest = 60

function describeCode(code: unknown): string {
  if (typeof code !== 'string') return 'without a code'
  return code.length > longest ? `with the code ${quote(code.slice(0, longest))}…` : `with the code ${quote(code)}`
}
