/** What becomes of a promise that is refused anyway is of no interest: if it fails, that must not end the process. */
export function disregard(value: unknown): void {
  if (value instanceof Promise) value.catch(() => undefined)
}
