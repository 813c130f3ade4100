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
  const lines = issues.slice(0, mostInMessage).map(({ path, message }) => `\n- ${formatPath(part, path)}: ${message}`)
  if (issues.length > lines.length)
    lines.push(`\n- ${issues.length - lines.length} more: see the issues of this error.`)
  return `The ${party} broke the contract "${contract}" by its ${part}. ${remedies[part]}${lines.join('')}`
}

/** `input.lines[0].amount` */
function formatPath(part: ContractPart, path: readonly (string | number)[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `${text}.${key}` : `${text}[${JSON.stringify(key)}]`
  }, part)
}
