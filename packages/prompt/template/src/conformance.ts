export { templateEngineCases } from './lib/conformance/template-engine-cases.ts'
export type {
  ConformanceCase,
  CreateTemplateEngine,
  TemplateEngineSamples,
} from './lib/conformance/template-engine-samples.ts'
