const reasons: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ENOENT', 'does not exist'],
  ['ENOTDIR', 'does not exist'],
  ['ELOOP', 'a symbolic link that leads to itself'],
  ['ENAMETOOLONG', 'the path is too long'],
  ['EMFILE', 'too many open files'],
  ['ENFILE', 'too many open files'],
  ['EIO', 'the device failed to read it'],
])

/** The code of a failure of the operating system, such as `ENOENT`. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Why a file operation failed, in words. */
export function systemErrorReason(error: unknown): string {
  return reasons.get(systemErrorCode(error) ?? '') ?? (error instanceof Error ? error.message : String(error))
}

const transient = new Set(['EMFILE', 'ENFILE', 'EIO', 'EBUSY', 'EAGAIN', 'ETIMEDOUT', 'ESTALE'])

/** Whether the same operation may succeed a moment later. */
export function isTransientError(error: unknown): boolean {
  return transient.has(systemErrorCode(error) ?? '')
}
