import type { YAMLError } from 'yaml'
import { lineAndColumn } from './line-and-column.ts'
import { UnreadableSourceError } from './unreadable-source-error.ts'

/**
 * Pretty errors quote the text, and make the parser a third slower; warnings of the parser quote it on the console. A
 * key that is a list or a map, as in `password: {{ missing }}`, would become a text. Its own look for keys that come twice
 * is quadratic.
 */
export const yamlOptions = { prettyErrors: false, logLevel: 'error', stringKeys: true, uniqueKeys: false } as const

/** Parses a file of YAML 1.2. Messages of the parser are not passed on: they quote the text, which may hold secrets. */
export async function parseYaml(text: string, name: string): Promise<unknown> {
  const { isScalar, parseDocument, visit } = await import('yaml')
  let fault: Pick<YAMLError, 'code' | 'pos'> | undefined
  try {
    const document = parseDocument(text, yamlOptions)
    fault = document.errors[0] ?? document.warnings[0]
    visit(document, {
      Map(_, { items }) {
        const keys = new Set<unknown>()
        for (const { key } of items) {
          if (!isScalar(key)) continue
          if (keys.has(key.value)) fault ??= { code: 'DUPLICATE_KEY', pos: [key.range?.[0] ?? 0, 0] }
          keys.add(key.value)
        }
      },
    })
    if (fault === undefined) return document.toJS() as unknown
  } catch {
    const received = 'an alias without its anchor, too many aliases, or too many levels'
    throw new UnreadableSourceError('YAML', received, { place: name })
  }
  const code = fault.code.toLowerCase().replaceAll('_', ' ')
  const place = `${name}:${lineAndColumn(text, fault.pos[0])}`
  throw new UnreadableSourceError('YAML', `a fault (${code})`, { place })
}
