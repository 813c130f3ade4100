export { canonicalJson } from './lib/canonical-json.ts'
export { type RecordProblem } from './lib/check-steps.ts'
export { type ContentHash, contentHash } from './lib/content-hash.ts'
export { createJsonlStore, type JsonlStoreOptions, type TornLine } from './lib/create-jsonl-store.ts'
export { createMemoryStore } from './lib/create-memory-store.ts'
export { createRunRecorder, type RunRecorder, type RunRecorderOptions } from './lib/create-run-recorder.ts'
export { createSqliteStore, type SqliteStoreOptions } from './lib/create-sqlite-store.ts'
export { diffRuns, type RunDifference } from './lib/diff-runs.ts'
export { findJsonDifference, type JsonDifference } from './lib/find-json-difference.ts'
export { jsonLines } from './lib/json-lines.ts'
export { jsonText } from './lib/json-text.ts'
export { readSteps, type ReadStepsOptions } from './lib/read-steps.ts'
export { RecordDamagedError } from './lib/record-damaged-error.ts'
export { recordEvents } from './lib/record-events.ts'
export {
  type Content,
  type PreparedStep,
  type RecordStore,
  type StoredDamage,
  type StoredStep,
} from './lib/record-store.ts'
export { RecordWriteError } from './lib/record-write-error.ts'
export { type RecordedStep, type Step, type StepReceipt } from './lib/run-step.ts'
export { shareContent, type SharedContent } from './lib/shared-content.ts'
export { verify, type Verification, type VerifyOptions } from './lib/verify.ts'
