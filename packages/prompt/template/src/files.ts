export { createTemplateFiles, type TemplateFiles, type TemplateFilesOptions } from './lib/template-files.ts'
export { createTemplateLookup, type TemplateLookupOptions } from './lib/template-lookup.ts'
