import type { Issue } from './issue.ts'

/** What a check says: the value as the schema gives it out, or every reason why the value does not fit. */
export type Verdict<Output = unknown> =
  | { readonly ok: true; readonly value: Output }
  | { readonly ok: false; readonly issues: readonly Issue[] }
