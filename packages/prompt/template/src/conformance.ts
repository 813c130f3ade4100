export { type ConformanceCase, templateEngineCases, type TemplateEngineSamples } from './lib/template-engine-cases.ts'
