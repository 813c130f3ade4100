export { type SearchCase, type SearchCasesOptions } from './lib/conformance/search-case.ts'
export { searchCases } from './lib/search-cases.ts'
