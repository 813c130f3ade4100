/** Visits 0 to `count - 1` in order, so many at a time. A visit that gives no promise has ended; promises must not reject. */
export async function visitAtOnce(
  count: number,
  atOnce: number,
  visit: (index: number) => Promise<void> | undefined,
): Promise<void> {
  let next = 0
  async function work(): Promise<void> {
    while (next < count) {
      const visited = visit(next++)
      if (visited !== undefined) await visited
    }
  }
  await Promise.all(Array.from({ length: Math.min(count, atOnce) }, work))
}
