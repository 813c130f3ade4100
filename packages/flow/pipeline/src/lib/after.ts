/** Calls `follow` at once where there is nothing to wait for: promises are made only where there are journals or observers. */
export function after(
  waiting: Promise<void> | undefined,
  follow: () => Promise<void> | undefined,
): Promise<void> | undefined {
  return waiting === undefined ? follow() : waiting.then(follow)
}
