/** What happened in a supervisor. `supervisor` and `child` are names. */
export type SupervisorEvent =
  /** A child is ready, for the first time or again. */
  | { readonly type: 'child-started'; readonly supervisor: string; readonly child: string; readonly restarts: number }
  /** A child failed: while it started, or later on. */
  | { readonly type: 'child-failed'; readonly supervisor: string; readonly child: string; readonly error: unknown }
  /** A child ended by itself, without a failure. */
  | { readonly type: 'child-ended'; readonly supervisor: string; readonly child: string }
  /** A child was stopped by its supervisor. */
  | { readonly type: 'child-stopped'; readonly supervisor: string; readonly child: string }
  /** What a child threw when it was stopped. It counts as stopped. */
  | { readonly type: 'child-stop-failed'; readonly supervisor: string; readonly child: string; readonly error: unknown }
  /** A child was asked to stop, and still runs. */
  | { readonly type: 'child-stuck'; readonly supervisor: string; readonly child: string }
  /** The supervisor gave up, and stops all that is left. */
  | { readonly type: 'escalated'; readonly supervisor: string; readonly error: unknown }
