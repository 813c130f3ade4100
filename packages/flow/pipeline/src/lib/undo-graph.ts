import type { PlannedStep } from './planned-step.ts'
import type { Task } from './task.ts'

/**
 * Undoes the tasks of a graph against the direction of its needs: each after all that need it, independent ones at the same
 * time. Steps that never began keep the order of those around them.
 */
export function undoGraph(
  steps: readonly PlannedStep[],
  tasks: readonly (Task | undefined)[],
): Promise<void> | undefined {
  const waiting = steps.map(({ dependants }) => dependants.length)
  const ready: number[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  let next = 0
  let left = steps.length
  let isAdvancing = false

  for (const [position, count] of waiting.entries()) if (count === 0) ready.push(position)
  advance()
  return left === 0 ? undefined : promise

  function advance(): void {
    if (isAdvancing) return
    isAdvancing = true
    for (let position = ready[next]; position !== undefined; position = ready[next]) {
      next++
      begin(position)
    }
    isAdvancing = false
    if (left === 0) resolve()
  }

  function begin(position: number): void {
    const undoing = tasks[position]?.undo()
    if (undoing === undefined) settle(position)
    else
      void undoing.then(() => {
        settle(position)
        advance()
      })
  }

  function settle(position: number): void {
    left--
    for (const need of steps[position]?.needs ?? []) {
      const count = (waiting[need] ?? 0) - 1
      waiting[need] = count
      if (count === 0) ready.push(need)
    }
  }
}
