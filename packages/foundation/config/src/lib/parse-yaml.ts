import type { Document, Node, Pair, YAMLError } from 'yaml'
import type { Path } from './path.ts'
import { UnreadableSourceError } from './unreadable-source-error.ts'

/** Parses a file of YAML 1.2. Messages of the parser are not passed on: they quote the text, which may hold secrets. */
export async function parseYaml(text: string, name: string): Promise<unknown> {
  const yaml = await import('yaml')
  const lines = new yaml.LineCounter()
  let fault: YAMLError | undefined
  try {
    const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false })
    fault = document.errors[0] ?? document.warnings[0]
    if (fault === undefined) return document.toJS() as unknown
  } catch {
    const received = 'an alias without its anchor, too many aliases, or too many levels'
    throw new UnreadableSourceError('YAML', received, { place: name })
  }
  const { line, col } = lines.linePos(fault.pos[0])
  const code = fault.code.toLowerCase().replaceAll('_', ' ')
  throw new UnreadableSourceError('YAML', `a fault (${code})`, { place: `${name}:${line}:${col}` })
}

/** Line and column of the value or key at `path` in a text that has been parsed, as `3:9`. */
export async function locateInYaml(text: string, path: Path): Promise<string | undefined> {
  const { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document: Document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
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
  if (offset === undefined) return undefined
  const { line, col } = lines.linePos(offset)
  return `${line}:${col}`
}
