import { describeValue } from '@empire/errors'

/** Where a template is: its text in place, a file below the root of its engine, or a function registered by name. */
export type TemplateSource = { readonly inline: string } | { readonly file: string } | { readonly module: string }

/**
 * A frozen copy of `value`, if it is a template source; a text becomes its own inline source.
 *
 * Throws `TypeError` otherwise, calling the value `name`.
 */
export function checkTemplateSource(value: unknown, name = 'source'): TemplateSource {
  if (typeof value === 'string') return Object.freeze({ inline: value })
  if (typeof value === 'object' && value !== null) {
    const [given, ...others] = Object.entries(value).filter(([, part]) => part !== undefined)
    if (given !== undefined && others.length === 0) {
      const [kind, part] = given
      if (typeof part === 'string') {
        if (kind === 'inline') return Object.freeze({ inline: part })
        if (kind === 'file') return Object.freeze({ file: part })
        if (kind === 'module') return Object.freeze({ module: part })
      }
    }
  }
  throw new TypeError(
    `Expected "${name}" to be { inline: text }, { file: path } or { module: name }, got ${describeValue(value)}.`,
  )
}
