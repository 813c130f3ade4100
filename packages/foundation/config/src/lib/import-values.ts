import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { UnreadableSourceError } from './unreadable-source-error.ts'

/** How often the module at a URL has failed. */
const failures = new Map<string, number>()

/**
 * The default export of a TypeScript or JavaScript module.
 *
 * Node keeps modules and their failures for ever by their URL. So a changed text gets a URL of its own, an unchanged one
 * is not run again, and one that failed is.
 */
export async function importValues(path: string, text: string, name: string): Promise<unknown> {
  const url = pathToFileURL(path)
  url.searchParams.set('text', createHash('sha256').update(text).digest('hex').slice(0, 16))
  const module = await importModule(url, name)
  if (!('default' in module)) {
    throw new UnreadableSourceError('a module that exports its settings as default', 'one without a default export', {
      place: name,
    })
  }
  return module.default
}

async function importModule(url: URL, name: string): Promise<object> {
  const key = url.href
  const failed = failures.get(key) ?? 0
  if (failed > 0) url.searchParams.set('attempt', String(failed + 1))
  try {
    return (await import(url.href)) as object
  } catch (error) {
    failures.set(key, failed + 1)
    if (!(error instanceof SyntaxError)) throw error
    // The message and the stack of a syntax error quote the text, which may hold secrets.
    const line = /:(\d+)\n/.exec(error.stack ?? '')?.[1]
    const place = line === undefined ? name : `${name}:${line}`
    throw new UnreadableSourceError('a module that Node can run', 'a syntax error', { place })
  }
}
