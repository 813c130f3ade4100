/** Documents of one fact each, by path: `house7` has `tree7`. */
export function houses(count: number, tree = 'tree'): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`house${n}.md`, `# House ${n}\n\nAt house${n} grows ${tree}${n}.\n`]),
  )
}

export function questionAbout(house: number): string {
  return `What grows at house${house}?`
}
