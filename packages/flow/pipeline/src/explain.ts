export { explain, type ExplainOptions } from './lib/explain/explain.ts'
export { explainHtml } from './lib/explain/explain-html.ts'
export type { ExplainedEntry, ExplainedRun } from './lib/explain/explained-run.ts'
