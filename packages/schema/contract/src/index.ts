export { type Contract, contract, type Implementation } from './lib/contract.ts'
export { type ContractDefinition } from './lib/contract-definition.ts'
export { contractEvents } from './lib/contract-events.ts'
export { type ContractIssue } from './lib/contract-issue.ts'
export { type ContractMode, type ContractModes, type Sample, sample } from './lib/contract-mode.ts'
export { type ContractOptions } from './lib/contract-options.ts'
export {
  type ContractPart,
  type ContractViolation,
  ContractViolationError,
  type GuiltyParty,
} from './lib/contract-violation-error.ts'
export { type ContractCounts } from './lib/create-ledger.ts'
export { type Each, each } from './lib/each.ts'
export {
  type Answer,
  type Checked,
  type CheckedArguments,
  type DeclaredError,
  type ErrorSchemas,
  type Given,
  type GivenArguments,
  type InputSchemas,
  type ValueSchema,
} from './lib/schemas.ts'
