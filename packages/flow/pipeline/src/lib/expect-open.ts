/** Refuses to write to a run that was let go of. */
export function expectOpen(isReleased: boolean, runId: string): void {
  if (isReleased)
    throw new TypeError(`append: run ${JSON.stringify(runId)} was released. Open it again to write to it.`)
}
