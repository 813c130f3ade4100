import type { Document, Node, Pair } from 'yaml'
import { lineAndColumn } from './line-and-column.ts'
import { yamlOptions } from './parse-yaml.ts'
import type { Path } from './path.ts'

/** Finds the line and column of the value or key at a path, as `3:9`, in a text that has been parsed. */
export function createYamlLocator(text: string): (path: Path) => Promise<string | undefined> {
  // Only when there is something to report, and then once for all of it.
  let parsing: Promise<(path: Path) => string | undefined> | undefined
  return async (path) => (await (parsing ??= parse(text)))(path)
}

async function parse(text: string): Promise<(path: Path) => string | undefined> {
  const { isMap, isNode, isScalar, isSeq, parseDocument } = await import('yaml')
  const document: Document = parseDocument(text, yamlOptions)
  return (path) => {
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
}
