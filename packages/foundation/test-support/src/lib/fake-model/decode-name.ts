/** A name as it stands in a path: one that is encoded wrongly is taken as it is, and found nowhere. */
export function decodeName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
