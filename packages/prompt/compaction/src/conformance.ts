export {
  compactionStrategyCases,
  type CompactionStrategyCasesOptions,
  type ConformanceCase,
} from './lib/strategy-cases.ts'
