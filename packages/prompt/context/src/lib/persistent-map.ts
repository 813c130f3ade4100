interface Node<Value> {
  readonly key: string
  readonly value: Value
  readonly level: number
  readonly left: Node<Value> | undefined
  readonly right: Node<Value> | undefined
}

/**
 * A map that never changes: setting a key gives a new map, which shares all but a path of nodes with the old one.
 *
 * An AA tree (Arne Andersson, "Balanced search trees made simple", 1993): reading and setting take logarithmic time,
 * whatever the keys.
 */
export class PersistentMap<Value> implements Iterable<[key: string, value: Value]> {
  readonly #root: Node<Value> | undefined

  constructor(root?: Node<Value>) {
    this.#root = root
  }

  get(key: string): Value | undefined {
    let node = this.#root
    while (node !== undefined && node.key !== key) node = key < node.key ? node.left : node.right
    return node?.value
  }

  set(key: string, value: Value): PersistentMap<Value> {
    return new PersistentMap(insert(this.#root, key, value))
  }

  /** By key. */
  *[Symbol.iterator](): Generator<[key: string, value: Value]> {
    const open: Node<Value>[] = []
    let node = this.#root
    while (node !== undefined || open.length > 0) {
      for (; node !== undefined; node = node.left) open.push(node)
      const next = open.pop() as Node<Value>
      yield [next.key, next.value]
      node = next.right
    }
  }
}

/** As deep as the tree, which is twice the logarithm of its size at most. */
function insert<Value>(node: Node<Value> | undefined, key: string, value: Value): Node<Value> {
  if (node === undefined) return { key, value, level: 1, left: undefined, right: undefined }
  if (key === node.key) return { ...node, value }
  return split(
    skew(
      key < node.key
        ? { ...node, left: insert(node.left, key, value) }
        : { ...node, right: insert(node.right, key, value) },
    ),
  )
}

/** Turns a left child of the same level to the right. */
function skew<Value>(node: Node<Value>): Node<Value> {
  const { left } = node
  return left?.level === node.level ? { ...left, right: { ...node, left: left.right } } : node
}

/** Lifts the middle of three of the same level. */
function split<Value>(node: Node<Value>): Node<Value> {
  const { right } = node
  if (right?.right?.level !== node.level) return node
  return { ...right, level: right.level + 1, left: { ...node, right: right.left } }
}
