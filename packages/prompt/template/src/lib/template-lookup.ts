import { describeValue } from '@empire/errors'
import { TemplateError } from './template-error.ts'
import { createTemplateFiles } from './template-files.ts'

/** Options of `createTemplateLookup`. */
export interface TemplateLookupOptions {
  /** Templates by path. Looked up before the root; later changes are not seen. Default: none. */
  templates?: Readonly<Record<string, string>> | undefined
  /** The folder for paths that `templates` does not have. Nothing outside it is read. Default: no file is read. */
  root?: string | undefined
  /** The longest file, in UTF-16 units. Default: `Infinity`. */
  parseLimit?: number | undefined
}

/**
 * Gives the text of a template by its path, from a map or from below a root: for engines whose templates include others.
 *
 * Throws what `TemplateFiles.read` throws; `template_not_found` too if there is no root.
 */
export function createTemplateLookup(options: TemplateLookupOptions): (path: string) => string {
  const { templates, root, parseLimit } = options
  if (templates !== undefined && (typeof templates !== 'object' || templates === null || Array.isArray(templates))) {
    throw new TypeError(`Expected "templates" to be an object of texts by path, got ${describeValue(templates)}.`)
  }
  const texts = new Map(Object.entries(templates ?? {}))
  for (const [path, text] of texts) {
    if (typeof text === 'string') continue
    throw new TypeError(`Expected "templates[${JSON.stringify(path)}]" to be a string, got ${describeValue(text)}.`)
  }
  const files = root === undefined ? undefined : createTemplateFiles({ root, parseLimit })
  return (path) => {
    const text = texts.get(path)
    if (text !== undefined) return text
    if (files !== undefined) return files.read(path)
    const problem = `No template ${JSON.stringify(path)}, and no root to read files from. Pass it in "templates", or a "root".`
    throw new TemplateError('template_not_found', problem, { details: { path } })
  }
}
