export { modelCases, type ModelCase, type ModelCasesOptions } from './lib/model-cases.ts'
