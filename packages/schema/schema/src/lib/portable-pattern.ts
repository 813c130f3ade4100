/**
 * The source of a regular expression as JSON Schema can carry it: without flags, read with the `u` flag.
 * `undefined` where dropping the flags or reading it so would change what it matches.
 */
export function portablePattern(pattern: RegExp): string | undefined {
  const { source, flags } = pattern
  // Stateful or informative flags: `g` and `d` never change whether a text matches.
  const meaningful = flags.replaceAll(/[dgu]/g, '')
  const harmless =
    meaningful === '' ||
    (meaningful === 'm' && !/[$^]/.test(source)) ||
    (meaningful === 's' && !source.includes('.')) ||
    (meaningful === 'i' && !/\\[bBpPuwWx]|[A-Za-z]/.test(source.replaceAll(/\\[dDsS]/g, '')))
  if (!harmless) return undefined
  try {
    return new RegExp(source, 'u').source
  } catch {
    return undefined
  }
}
