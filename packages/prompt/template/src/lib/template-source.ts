import { describeValue } from '@empire/errors'

/** Where the text of a template is: in place, or in a file below the root of its engine. */
export type TemplateSource = { readonly inline: string } | { readonly file: string }

/**
 * A frozen copy of `value`, if it is a template source; a text becomes its own inline source.
 *
 * Throws `TypeError` otherwise, calling the value `name`.
 */
export function checkTemplateSource(value: unknown, name = 'source'): TemplateSource {
  if (typeof value === 'string') return Object.freeze({ inline: value })
  if (typeof value === 'object' && value !== null) {
    const { inline, file } = value as { inline?: unknown; file?: unknown }
    if (typeof inline === 'string' && file === undefined) return Object.freeze({ inline })
    if (typeof file === 'string' && inline === undefined) return Object.freeze({ file })
  }
  throw new TypeError(`Expected "${name}" to be { inline: text } or { file: path }, got ${describeValue(value)}.`)
}
