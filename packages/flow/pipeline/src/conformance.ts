export {
  type AnyPipeline,
  type ExecutorCase,
  executorCases,
  type ExecutorCasesOptions,
  type ExecutorPlace,
} from './lib/executor-cases.ts'
export { type JournalCase, journalCases, type JournalCasesOptions, type JournalPlace } from './lib/journal-cases.ts'
