import { TemplateError } from './template-error.ts'
import { checkTemplateSource, type TemplateSource } from './template-source.ts'

/**
 * The text of a source, and the path that it was read from: for engines whose templates are texts.
 *
 * Throws `TypeError` for what is no source, `TemplateError` with `template_not_found` for a module, and what `read` throws.
 *
 * @param engine The name of the engine, for errors. @param read Gives the text of a template by its path.
 */
export function readTemplateSource(
  from: string | TemplateSource,
  engine: string,
  read: (path: string) => string,
): { readonly text: string; readonly path?: string } {
  if (typeof from === 'string') return { text: from }
  const source = checkTemplateSource(from)
  if ('inline' in source) return { text: source.inline }
  if ('module' in source) {
    const problem = `No module ${JSON.stringify(source.module)}: the engine "${engine}" has texts and files only.`
    throw new TemplateError('template_not_found', problem, { engine, details: source })
  }
  try {
    return { text: read(source.file), path: source.file }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    const { code, problem, details, cause } = error
    throw new TemplateError(code, problem, { engine, details, cause })
  }
}
