/** A whole number for people. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US')
}
