export { type ParserCase, parserCases, type ParserCasesOptions, type ParserSample } from './lib/parser-cases.ts'
export {
  type DeadLetterCase,
  deadLetterCases,
  type DeadLetterCasesOptions,
  type DeadLetterPlace,
} from './lib/dead-letter-cases.ts'
export { type SinkCase, sinkCases, type SinkCasesOptions, type SinkPlace } from './lib/sink-cases.ts'
export { type SourceCase, sourceCases, type SourceCasesOptions, type SourcePlace } from './lib/source-cases.ts'
export { type StateCase, stateCases, type StateCasesOptions, type StatePlace } from './lib/state-cases.ts'
