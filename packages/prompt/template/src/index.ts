export {
  type Assigns,
  type CompiledTemplate,
  type CompileOptions,
  type TemplateEngine,
  type TemplateVariable,
} from './lib/template-engine.ts'
export { TemplateError, type TemplateErrorCode, type TemplateErrorOptions } from './lib/template-error.ts'
export { checkTemplateSource, type TemplateSource } from './lib/template-source.ts'
