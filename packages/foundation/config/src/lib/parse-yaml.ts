import type { Document, Node, Pair, YAMLError } from 'yaml'
import { lineAndColumn } from './line-and-column.ts'
import type { Path } from './path.ts'
import { UnreadableSourceError } from './unreadable-source-error.ts'

// Pretty errors quote the text, and make the parser a third slower.
const options = { prettyErrors: false } as const

/** Parses a file of YAML 1.2. Messages of the parser are not passed on: they quote the text, which may hold secrets. */
export async function parseYaml(text: string, name: string): Promise<unknown> {
  const { parseDocument } = await import('yaml')
  let fault: YAMLError | undefined
  try {
    const document = parseDocument(text, options)
    fault = document.errors[0] ?? document.warnings[0]
    if (fault === undefined) return document.toJS() as unknown
  } catch {
    const received = 'an alias without its anchor, too many aliases, or too many levels'
    throw new UnreadableSourceError('YAML', received, { place: name })
  }
  const code = fault.code.toLowerCase().replaceAll('_', ' ')
  const place = `${name}:${lineAndColumn(text, fault.pos[0])}`
  throw new UnreadableSourceError('YAML', `a fault (${code})`, { place })
}

/** Line and column of the value or key at `path` in a text that has been parsed, as `3:9`. */
export async function locateInYaml(text: string, path: Path): Promise<string | undefined> {
  const { isMap, isNode, isScalar, isSeq, parseDocument } = await import('yaml')
  const document: Document = parseDocument(text, options)
  let node: Node | null = document.contents
  let offset: number | undefined
  for (const key of path) {
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
      if (pair === undefined || !isNode(pair.key)) return undefined
      offset = pair.key.range?.[0]
      node = isNode(pair.value) ? pair.value : null
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(key)]
      node = isNode(item) ? item : null
      offset = node?.range?.[0]
    } else return undefined
  }
  return offset === undefined ? undefined : lineAndColumn(text, offset)
}
