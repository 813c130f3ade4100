import type { Child } from './child.ts'
import type { ChildRunner } from './child-runner.ts'
import type { Tree } from './tree.ts'

/** A supervisor as it is at the moment, without its children. */
interface Branch {
  readonly describe: () => Tree
  readonly runners: readonly ChildRunner[]
}

const branches = new WeakMap<Child, Branch>()

/** Lets `growTree` see into a supervisor without a call of its `tree()`. */
export function addBranch(supervisor: Child, branch: Branch): void {
  branches.set(supervisor, branch)
}

/** The whole tree below, without recursion: supervisors may lie thousands of levels deep. */
export function growTree(root: Branch): Tree {
  const grow = ({ runners }: Branch): Tree[] => {
    const children: Tree[] = []
    open.push({ runners, children })
    return children
  }
  const open: { readonly runners: readonly ChildRunner[]; readonly children: Tree[] }[] = []
  const tree = { ...root.describe(), children: grow(root) }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const runner of next.runners) {
      const branch = branches.get(runner.child)
      const inner = branch === undefined ? runner.child.tree?.() : { ...branch.describe(), children: grow(branch) }
      next.children.push({
        ...(inner?.strategy !== undefined && { strategy: inner.strategy }),
        ...(inner?.children !== undefined && { children: inner.children }),
        ...runner.describe(),
      })
    }
  }
  return tree
}
