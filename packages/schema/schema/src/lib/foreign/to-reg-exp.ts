/** A `pattern` as it is checked: in Unicode mode, or without it where it is none in that mode. */
export function toRegExp(source: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch {
    // Many documents escape what needs no escape, which Unicode mode refuses.
    return new RegExp(source)
  }
}
