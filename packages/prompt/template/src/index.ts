export { checkAssigns } from './lib/check-assigns.ts'
export { type AssignsReport, compareAssigns, type MisspeltVariable } from './lib/compare-assigns.ts'
export { formatPath } from './lib/format-path.ts'
export { createModuleEngine, type TemplateFunction } from './lib/module-engine.ts'
export { readTemplateSource } from './lib/read-template-source.ts'
export { SourceCache } from './lib/source-cache.ts'
export {
  type Assigns,
  type CompiledTemplate,
  type CompileOptions,
  type TemplateEngine,
  type TemplateVariable,
} from './lib/template-engine.ts'
export { TemplateError, type TemplateErrorCode, type TemplateErrorOptions } from './lib/template-error.ts'
export { checkTemplateSource, type TemplateSource } from './lib/template-source.ts'
