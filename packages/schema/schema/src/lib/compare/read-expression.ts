/** A `pattern` as it is checked elsewhere: in Unicode mode, or without it where it is none in that mode. */
export function readExpression(source: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch {
    return new RegExp(source)
  }
}
