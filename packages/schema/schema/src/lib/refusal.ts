import type { Issue } from './issue.ts'

/** A value does not fit. */
export interface Refusal {
  readonly ok: false
  readonly issues: readonly Issue[]
}

/** A refusal whose issues are worded on the first look: who only branches on `ok` does not pay for the messages. */
export function createRefusal(readIssues: () => readonly Issue[]): Refusal {
  const refusal: Refusal = {
    ok: false,
    get issues() {
      return readIssues()
    },
  }
  return Object.defineProperty(refusal, Symbol.for('nodejs.util.inspect.custom'), inspection)
}

/** Without it, a console would print `[Getter]`. */
const inspection = {
  value(this: Refusal): Refusal {
    return { ok: this.ok, issues: this.issues }
  },
}
