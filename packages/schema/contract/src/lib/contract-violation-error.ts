import { EmpireError } from '@empire/errors'
import type { ContractIssue } from './contract-issue.ts'

/** Who broke a contract: the one who called the function, or the function. */
export type GuiltyParty = 'caller' | 'callee'

/** What of a call broke the contract. */
export type ContractPart = 'input' | 'output' | 'errors'

/** Everything about a violation but its words. */
export interface ContractViolation {
  readonly contract: string
  readonly party: GuiltyParty
  readonly part: ContractPart
  /** Every failing path. */
  readonly issues: readonly ContractIssue[]
}

const mostInMessage = 20

/** A call that broke its contract. Its message names the guilty party, the contract and every failing path. */
export class ContractViolationError extends EmpireError<'contract_violation'> {
  constructor(violation: ContractViolation, options: { cause?: unknown } = {}) {
    super('contract_violation', describeViolation(violation), { ...options, details: { ...violation } })
  }

  get contract(): string {
    return this.details['contract'] as string
  }

  get party(): GuiltyParty {
    return this.details['party'] as GuiltyParty
  }

  get part(): ContractPart {
    return this.details['part'] as ContractPart
  }

  get issues(): readonly ContractIssue[] {
    return this.details['issues'] as readonly ContractIssue[]
  }
}

const remedies: Readonly<Record<ContractPart, string>> = {
  input: 'Change the call.',
  output: 'Change the function, or what its contract says of the output.',
  errors: 'Catch it in the function, or declare it in the contract.',
}

function describeViolation({ contract, party, part, issues }: ContractViolation): string {
  const lines = issues.slice(0, mostInMessage).map(({ path, message }) => {
    // A message of several lines stays one item of the list.
    return `\n- ${formatPath(part, path)}: ${shorten(message).replaceAll('\n', '\n  ')}`
  })
  if (issues.length > lines.length)
    lines.push(`\n- ${issues.length - lines.length} more: see the issues of this error.`)
  return `The ${party} broke the contract "${contract}" by its ${part}. ${remedies[part]}${lines.join('')}`
}

/** Characters of a key or of an issue that the message shows. */
const longest = { key: 60, issue: 500 }

/** `input.lines[0].amount` */
function formatPath(part: ContractPart, path: readonly (string | number)[]): string {
  let text: string = part
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`
    else if (key.length > longest.key) text += `[${JSON.stringify(key.slice(0, longest.key))}…]`
    else text += /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
  }
  return text
}

function shorten(message: string): string {
  const { length } = message
  return length > longest.issue
    ? `${message.slice(0, longest.issue)}… and ${length - longest.issue} characters more`
    : message
}
