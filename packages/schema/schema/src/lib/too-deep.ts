import type { Issue } from './issue.ts'

/** What is said of a value that is nested so deeply that the stack ends before it does: it cannot be judged, and does not pass. */
export const tooDeepIssue: Issue = Object.freeze({
  code: 'too_deep',
  path: [],
  message: 'Invalid input: expected a value that is less deeply nested, received one that cannot be checked',
})

/** Levels that every stack has room for: code that runs out of it below less goes round in circles by itself. */
const harmless = 200

/** Whether an error says that the stack ended because of how deep a value is; one that holds itself has no end. */
export function isAboutDepth(error: unknown, value: unknown): boolean {
  return isAboutStack(error) && isDeeper(value, harmless)
}

/** Whether an error says that the stack has ended. */
export function isAboutStack(error: unknown): boolean {
  return error instanceof Error && /call stack size exceeded|too much recursion/.test(error.message)
}

function isDeeper(value: unknown, levels: number): boolean {
  let level = new Set([value])
  for (let depth = 0; level.size > 0; depth++) {
    if (depth > levels) return true
    // A set, level by level: what stands at many places is gone into once.
    level = new Set([...level].flatMap(partsOf).filter((part) => typeof part === 'object' && part !== null))
  }
  return false
}

function partsOf(value: unknown): unknown[] {
  if (value instanceof Map) return [...value.keys(), ...value.values()]
  if (value instanceof Set) return [...value]
  try {
    return Object.values(value as object)
  } catch {
    // A getter or a proxy that throws: what is behind it has not been looked at by the schema either.
    return []
  }
}
