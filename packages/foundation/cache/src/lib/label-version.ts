/** A version that nobody else makes, and that lasts until a time, in milliseconds since the Unix epoch, or `Infinity`. */
export function createVersion(id: string, until: number): string {
  return until === Infinity ? id : `${id}~${Math.ceil(until)}`
}

/** When a version ends, as its text says: `Infinity` if it does not say. */
export function lastsUntil(version: string): number {
  const until = /~(\d{1,16})$/.exec(version)?.[1]
  return until === undefined ? Infinity : Number(until)
}
