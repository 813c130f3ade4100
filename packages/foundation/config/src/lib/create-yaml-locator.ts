import type { Document, Pair, YAMLMap } from 'yaml'
import { yamlOptions } from './parse-yaml.ts'
import type { Path } from './path.ts'

/** Finds the offset of the value or key at a path, in a text that has been parsed. */
export function createYamlLocator(text: string): (path: Path) => Promise<number | undefined> {
  // Only when there is something to report, and then once for all of it.
  let parsing: Promise<(path: Path) => number | undefined> | undefined
  return async (path) => (await (parsing ??= parse(text)))(path)
}

async function parse(text: string): Promise<(path: Path) => number | undefined> {
  const { isMap, isNode, isScalar, isSeq, parseDocument } = await import('yaml')
  const document: Document = parseDocument(text, yamlOptions)
  const indexes = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>()

  /** Many keys of one map may be looked for. */
  function indexOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const index = indexes.get(map) ?? new Map(map.items.map((pair) => [keyOf(pair), pair]))
    indexes.set(map, index)
    return index
  }

  function keyOf({ key }: Pair): string {
    return isScalar(key) ? String(key.value) : ''
  }

  return (path) => {
    let node: unknown = document.contents
    let offset: number | undefined
    for (const key of path) {
      if (isMap(node)) {
        const pair = indexOf(node).get(key)
        if (pair === undefined || !isNode(pair.key)) return undefined
        offset = pair.key.range?.[0]
        node = pair.value
      } else if (isSeq(node)) {
        node = node.items[Number(key)]
        offset = isNode(node) ? node.range?.[0] : undefined
      } else return undefined
    }
    return offset
  }
}
