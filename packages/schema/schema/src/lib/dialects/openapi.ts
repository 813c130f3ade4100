import type { DialectRules } from '../dialect-writer.ts'

/** OpenAPI 3.1, whose schemas are draft 2020-12; the dialect is declared by the document around them. */
export const openapi: DialectRules = { dialect: 'openapi-3.1', title: 'OpenAPI 3.1' }
