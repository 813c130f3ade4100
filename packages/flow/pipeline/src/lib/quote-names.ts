const most = 5

/** Names for a message: the first few in quotes, then how many more. */
export function quoteNames(names: readonly string[]): string {
  const quoted = names.slice(0, most).map((name) => JSON.stringify(name))
  return names.length > most ? `${quoted.join(', ')} and ${names.length - most} more` : quoted.join(', ')
}
