/** The source of tooling/layers.ts with an empty row for the package `name`, at the end of its floor. */
export function insertRow(source: string, floor: string, name: string): string {
  const start = source.indexOf(`\n  ${quote(floor)}: {`, source.indexOf('export const matrix'))
  const end = /\{\},|\n {2}\},/g
  end.lastIndex = start
  const match = start === -1 ? null : end.exec(source)
  if (match === null) throw new Error(`tooling/layers.ts has no floor ${floor} where it was looked for.`)
  const row = `\n    ${quote(name)}: { runtime: [] },\n  },`
  const kept = match[0] === '{},' ? `${source.slice(0, match.index)}{` : source.slice(0, match.index)
  return `${kept}${row}${source.slice(match.index + match[0].length)}`
}

function quote(key: string): string {
  return key.includes('-') ? `'${key}'` : key
}
