/** The pair of tags around a section. */
export interface XmlTag {
  readonly open: string
  readonly close: string
}

/**
 * Tags for a title: its words in lower case, joined by `_`.
 *
 * A title that cannot be read back from the name is an attribute: `<after_tool title="After tool">`.
 */
export function xmlTag(title: string): XmlTag {
  const words = title.toLowerCase().match(/[\p{L}\p{Nd}]+/gu) ?? []
  const joined = words.join('_')
  const name = /^\p{L}/u.test(joined) ? joined : 'section'
  const attribute = titleOfName(name) === title ? '' : ` title="${escape(title)}"`
  return { open: `<${name}${attribute}>`, close: `</${name}>` }
}

const openTag = /^<([\p{L}\p{Nd}_]+)(?: title="([^"<>]*)")?>$/u

/** The title that a line opens a section for; `undefined` if it is not the tag that `xmlTag` gives. */
export function titleOfTag(line: string): string | undefined {
  const match = openTag.exec(line)
  if (match === null) return undefined
  const [, name = '', attribute] = match
  const title = attribute === undefined ? titleOfName(name) : unescape(attribute)
  return xmlTag(title).open === line ? title : undefined
}

function titleOfName(name: string): string {
  return name
    .split('_')
    .map((word) => capitalize(word))
    .join(' ')
}

function capitalize(word: string): string {
  const [first = '', ...rest] = word
  return first.toUpperCase() + rest.join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
}
const characters: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(entities).map(([character, entity]) => [entity, character]),
)

function escape(text: string): string {
  return text.replaceAll(/[&<>"\n]/g, (character) => entities[character] ?? character)
}

function unescape(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|#10);/g, (entity) => characters[entity] ?? entity)
}
