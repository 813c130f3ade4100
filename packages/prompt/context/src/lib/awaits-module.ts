import type { Branch } from './branch.ts'
import { BranchFold } from './branch-fold.ts'
import type { Message } from './message.ts'
import { moduleNameOf, type ModuleRegistry } from './module-registry.ts'
import { PersistentMap } from './persistent-map.ts'

const fold = new BranchFold<Message, PersistentMap<true>>(new PersistentMap())

/**
 * Whether one of the first `length` messages of a branch names a module that `modules` does not have, and that one of the
 * messages which are `added` names, too.
 */
export function awaitsModule(
  branch: Branch<Message>,
  length: number,
  modules: ModuleRegistry,
  added: readonly Message[],
): boolean {
  return added.some((message) => {
    const name = moduleNameOf(message)
    if (name === undefined || modules.get(name) !== undefined) return false
    return fold.at(branch, length, addMessage).get(name) === true
  })
}

function addMessage(names: PersistentMap<true>, message: Message): PersistentMap<true> {
  const name = moduleNameOf(message)
  return name === undefined || names.get(name) === true ? names : names.set(name, true)
}
