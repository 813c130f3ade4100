/** The ids of calls as the API takes them. */
export interface CallIds {
  /** That of a new call. */
  open(callId: string): string
  /** That of the last call of this id. */
  close(callId: string): string
}

/**
 * Ids for one conversation: letters, digits, `_` and `-` only, and each for one call, where a context may use an id again
 * for a later turn. They depend on what comes before them and on nothing behind, so a prefix stays what it is.
 */
export function createCallIds(): CallIds {
  const last = new Map<string, string>()
  const used = new Set<string>()
  const counts = new Map<string, number>()
  return {
    open(callId) {
      const plain = callId.replaceAll(/[^\w-]/g, (unit) => `_${unit.charCodeAt(0).toString(16)}`)
      let id = plain
      for (let count = counts.get(plain) ?? 1; used.has(id); id = `${plain}-${count}`) counts.set(plain, ++count)
      used.add(id)
      last.set(callId, id)
      return id
    },
    close(callId) {
      return last.get(callId) ?? callId
    },
  }
}
