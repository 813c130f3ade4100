/** A character that a text does not have. */
export function unusedCharacter(text: string): string {
  let code = 0xe000
  while (text.includes(String.fromCharCode(code))) code++
  return String.fromCharCode(code)
}

/** The template with another character for its carriage returns, except where a tag trims the white space beside it. */
export function carriageReturnsAs(stand: string, template: string): string {
  if (!template.includes('\r')) return template
  return template.replaceAll(/\s+/g, (space, at: number) => {
    const isTrimmed = /[-_]%>$/.test(template.slice(Math.max(0, at - 3), at))
    return isTrimmed || /^<%[-_]/.test(template.slice(at + space.length, at + space.length + 3))
      ? space
      : space.replaceAll('\r', stand)
  })
}
