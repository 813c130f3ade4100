import { describeValue } from '@empire/errors'
import { TemplateError } from '@empire/template'
import { createTemplateFiles } from '@empire/template/files'

/** Gives the text of a template by its path: from the map first, then from below the root. */
export function createTemplateLookup(
  templates: Readonly<Record<string, string>> | undefined,
  root: string | undefined,
): (path: string) => string {
  const texts = new Map(Object.entries(templates ?? {}))
  for (const [path, text] of texts) {
    if (typeof text === 'string') continue
    throw new TypeError(`Expected "templates[${JSON.stringify(path)}]" to be a string, got ${describeValue(text)}.`)
  }
  const files = root === undefined ? undefined : createTemplateFiles({ root })
  return (path) => {
    const text = texts.get(path)
    if (text !== undefined) return text
    if (files !== undefined) return files.read(path)
    const problem = `No template ${JSON.stringify(path)}, and no root to read files from. Pass it in "templates", or a "root".`
    throw new TemplateError('template_not_found', problem, { details: { path } })
  }
}
