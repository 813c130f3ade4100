import type { StringAlternative } from './alternative.ts'
import { finding, type Finding } from './finding.ts'

/** What is among the inner texts and not among the outer ones. */
export function* compareStrings(inner: StringAlternative, outer: StringAlternative): Generator<Finding> {
  if (inner.minimum < outer.minimum) yield finding('bound', `texts of fewer than ${characters(outer.minimum)}`)
  if (inner.maximum > outer.maximum) yield finding('bound', `texts of more than ${characters(outer.maximum)}`)
  for (const pattern of outer.patterns) {
    if (!inner.patterns.includes(pattern)) yield finding('pattern', `texts that do not match ${pattern}`)
  }
  for (const format of outer.formats) {
    const fitting = new Set([format, ...(narrowerFormats.get(format) ?? [])])
    if (!inner.formats.some((each) => fitting.has(each))) {
      yield finding('format', `texts that are not of the format ${format}`)
    }
  }
}

/** Formats whose texts are all of the format before them, by their definitions. */
const narrowerFormats: ReadonlyMap<string, readonly string[]> = new Map([
  ['idn-email', ['email']],
  ['idn-hostname', ['hostname']],
  ['uri-reference', ['uri']],
  ['iri', ['uri']],
  ['iri-reference', ['iri', 'uri', 'uri-reference']],
])

function characters(count: number): string {
  return count === 1 ? '1 character' : `${count} characters`
}
