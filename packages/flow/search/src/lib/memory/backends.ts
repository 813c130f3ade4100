import type { MemoryBackend } from './memory-backend.ts'

/** What is behind the indexes in memory, for saving them: nothing that their users should reach. */
const backends = new WeakMap<object, MemoryBackend>()

export function rememberBackend(index: object, backend: MemoryBackend): void {
  backends.set(index, backend)
}

/** What is behind an index, or `undefined` if it is not one in memory. */
export function backendOf(index: object): MemoryBackend | undefined {
  return backends.get(index)
}
