import type { ContentHash } from '@empire/record'
import type { Branch } from './branch.ts'
import { BranchFold } from './branch-fold.ts'
import { hashData } from './hash-data.ts'
import type { Message } from './message.ts'
import { toolCallsOf } from './tool-calls.ts'

const fold = new BranchFold<Message, ContentHash | undefined>(undefined)
const hashes = new WeakMap<Message, ContentHash>()

/**
 * The hash of the first `length` messages of a branch: of `[hash of those before the last, hash of the last, index of the
 * call that it is the result of]`, where there is no hash of no messages and no index of other messages `null`.
 */
export function historyHash(branch: Branch<Message>, length: number): ContentHash | undefined {
  return fold.at(branch, length, addMessage)
}

function addMessage(
  before: ContentHash | undefined,
  message: Message,
  index: number,
  branch: Branch<Message>,
): ContentHash {
  const call = message.role === 'tool_result' ? toolCallsOf(branch, index).get(message.callId)?.position : undefined
  return hashData([before ?? null, messageHash(message), call ?? null])
}

/** The hash of a message without its ids. */
function messageHash(message: Message): ContentHash {
  let hash = hashes.get(message)
  if (hash === undefined) {
    hash = hashData({ ...message, id: undefined, callId: undefined })
    hashes.set(message, hash)
  }
  return hash
}
