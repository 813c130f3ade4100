import type { StopCondition } from './tool-loop.ts'

/** Holds when the last answer has called one of these tools: `stopWhen: hasCalled('submit')`. */
export function hasCalled(...tools: readonly string[]): StopCondition {
  return ({ response }) => response.toolCalls.some(({ name }) => tools.includes(name))
}
