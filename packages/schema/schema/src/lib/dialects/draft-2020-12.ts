import type { DialectRules } from '../dialect-writer.ts'

/** The form that every other dialect starts from. */
export const draft202012: DialectRules = {
  dialect: '2020-12',
  title: 'draft 2020-12',
  finish: (schema) => ({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema }),
}
