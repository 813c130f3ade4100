import { isSecretName } from './is-secret-name.ts'

/** Names of members that were looked at: neither are they secrets, nor the names of any. */
export interface PlainNames {
  has(key: unknown): boolean
  /** Remembers a key that holds no secret, unless it says of its value that it is one, or another member may say so. */
  add(key: unknown): void
}

const most = 1000
const longest = 64

/** Data has the same few names again and again. */
export function createPlainNames(): PlainNames {
  const names = new Set<unknown>()
  return {
    has: (key) => names.has(key),
    add(key) {
      if (typeof key !== 'string' || key.length > longest || /^value$/i.test(key) || isSecretName(key)) return
      if (names.size === most) names.clear()
      names.add(key)
    },
  }
}
