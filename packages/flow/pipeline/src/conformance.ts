export { executorCases, type ExecutorCasesOptions } from './lib/executor-cases.ts'
export { type AnyPipeline, type ExecutorCase, type ExecutorPlace } from './lib/executor-cases/executor-case.ts'
export { type JournalCase, journalCases, type JournalCasesOptions, type JournalPlace } from './lib/journal-cases.ts'
