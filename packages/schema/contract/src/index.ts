export { createContract, type Contract, type ContractOptions } from './lib/contract.ts'
