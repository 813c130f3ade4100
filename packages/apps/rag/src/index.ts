export { type Answer, type Citation, type DocumentCounts, type Passage, type Problem } from './lib/answer.ts'
export { ask, type AskOptions } from './lib/ask.ts'
export { type ModelName } from './lib/models.ts'
export { UsageError } from './lib/usage-error.ts'
