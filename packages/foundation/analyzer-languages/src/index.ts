export { type AnalyzerLanguage, analyzerLanguages, loadAnalyzer } from './lib/load-analyzer.ts'
