export { createTemplateFiles, type TemplateFiles, type TemplateFilesOptions } from './lib/template-files.ts'
