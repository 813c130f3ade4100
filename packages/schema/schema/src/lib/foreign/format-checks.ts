import type { ChecksByType, SchemaContext } from './schema-context.ts'

/** `format`, where it names a type that was given. */
export function formatChecks({ schema, report, options, place, refuse }: SchemaContext, { any }: ChecksByType): void {
  const { format } = schema
  if (typeof format !== 'string') return
  const test = options.types.get(format)
  if (test === undefined) {
    if (place.resource.assertsFormats !== true) return
    const name = JSON.stringify(format)
    return refuse(
      'format',
      `the metaschema wants the format ${name} to be checked. Give a type of that name in "types".`,
    )
  }
  const reporter = report('format')
  const facts = { code: 'invalid_format', format }
  any.push(
    (value, run, trail) => test(value) || reporter(run, trail, value, facts, () => `a value of the type ${format}`),
  )
}
