/** One link of a `Link` header. */
export interface Link {
  /** As it is written: it may be relative. */
  readonly target: string
  /** Its relation types, in small letters. */
  readonly relations: readonly string[]
}

/**
 * The links of a `Link` header (RFC 8288, section 3), as far as it can be understood, without those whose `anchor` says that they
 * are links of something else. Takes linear time.
 */
export function parseLinkHeader(header: string): Link[] {
  const links: Link[] = []
  let at = 0
  for (;;) {
    const open = header.indexOf('<', at)
    const close = open === -1 ? -1 : header.indexOf('>', open)
    if (close === -1) return links
    const { parameters, end } = readParameters(header, close + 1)
    // The first `rel` counts, others are to be ignored.
    const relation = parameters.find(([name]) => name === 'rel')?.[1] ?? ''
    const relations = relation
      .toLowerCase()
      .split(/[ \t]+/)
      .filter(Boolean)
    const isOurs = parameters.every(([name]) => name !== 'anchor')
    if (isOurs) links.push({ target: header.slice(open + 1, close).trim(), relations })
    at = end
  }
}

/** The parameters from `start` up to the comma before the next link, which quoted texts may hold too. */
function readParameters(header: string, start: number): { parameters: [string, string][]; end: number } {
  const parameters: [string, string][] = []
  let name = ''
  let value = ''
  let inValue = false
  const finish = (): void => {
    if (name.trim() !== '') parameters.push([name.trim().toLowerCase(), value.trim()])
    name = ''
    value = ''
    inValue = false
  }
  let at = start
  for (; at < header.length && header[at] !== ','; at++) {
    const character = header[at]!
    if (character === ';') finish()
    else if (character === '=' && !inValue) inValue = true
    else if (character === '"' && inValue) {
      for (at++; at < header.length && header[at] !== '"'; at++) {
        if (header[at] === '\\') at++
        value += header[at] ?? ''
      }
    } else if (inValue) value += character
    else name += character
  }
  finish()
  return { parameters, end: at + 1 }
}
