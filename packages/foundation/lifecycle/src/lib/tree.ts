import type { ChildState } from './child-state.ts'

/** A supervisor or a child as it is at the moment: plain data. */
export interface Tree {
  readonly name: string
  readonly state: ChildState
  /** How often it was started again. */
  readonly restarts: number
  /** The code or the name of the error it failed with last. Not its message, which may hold secrets. */
  readonly lastFailure?: string | undefined
  /** Of a supervisor. */
  readonly strategy?: string | undefined
  /** In the order of their start. */
  readonly children?: readonly Tree[] | undefined
}

/**
 * A tree as text, one line per child:
 *
 * ```text
 * app: ready, one-for-one
 * ├─ database: ready
 * └─ workers: ready, one-for-all, 2 restarts, last failure: connection_lost
 *    └─ mail: ready
 * ```
 */
export function printTree(tree: Tree): string {
  const lines: string[] = []
  const open = [{ tree, first: '', rest: '' }]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { first, rest } = node
    lines.push(`${first}${printNode(node.tree)}`)
    const children = node.tree.children ?? []
    for (const [place, child] of [...children.entries()].toReversed()) {
      const isLast = place === children.length - 1
      open.push({
        tree: child,
        first: `${rest}${isLast ? '└─ ' : '├─ '}`,
        rest: `${rest}${isLast ? '   ' : '│  '}`,
      })
    }
  }
  return lines.join('\n')
}

function printNode({ name, state, strategy, restarts, lastFailure }: Tree): string {
  const facts = [
    state,
    strategy ?? '',
    restarts === 0 ? '' : `${restarts} restart${restarts === 1 ? '' : 's'}`,
    lastFailure === undefined ? '' : `last failure: ${lastFailure}`,
  ]
  return `${name}: ${facts.filter(Boolean).join(', ')}`
}
