import type { Budget } from '../render/budget.ts'
import { renderFailure } from '../render/liquid-failure.ts'
import { toPlain } from './to-plain.ts'

/** How `jsonOf` writes. */
export interface JsonOptions {
  /** How many spaces each level is indented by, 10 at most. Default: 0, all on one line. */
  readonly indent?: number
  /** Whether what holds itself is written as `"[Circular]"` in itself. Default: `false`, it is an error. */
  readonly takesCycles?: boolean
}

/** A value as JSON; what JSON does not have is null. Charged for while it is made. */
export function jsonOf(value: unknown, budget: Budget, { indent = 0, takesCycles = false }: JsonOptions = {}): string {
  /** What holds the part that is written, where that matters. */
  const above: unknown[] = []
  const tracks = takesCycles || indent > 0
  let spent = 0

  function partOf(this: unknown, key: string, part: unknown): unknown {
    if (tracks) while (above.length > 0 && above.at(-1) !== this) above.pop()
    const length = key.length + (typeof part === 'string' ? part.length : 1) + above.length * indent
    spent += length
    budget.use(length)
    budget.step(length)
    if (typeof part === 'bigint') return Number(part)
    if (typeof part !== 'object' || part === null) return part
    const plain = toPlain(part, budget)
    if (!tracks || typeof plain !== 'object') return plain
    budget.work(above.length)
    if (takesCycles && above.includes(plain)) return '[Circular]'
    above.push(plain)
    return plain
  }

  try {
    const text = JSON.stringify(value, partOf, indent) ?? 'null'
    budget.use(Math.max(0, text.length - spent))
    return text
  } catch (error) {
    if (error instanceof TypeError) throw renderFailure('The value cannot be written as JSON. Does it hold itself?')
    throw error
  }
}
