import type { Analyzer } from '@empire/analyzer'
import type {
  CheckedField,
  CheckedSchema,
  CheckedTextField,
  CheckedValueField,
  CheckedVectorField,
} from '@empire/search/backend'

/** The tables of an index. Their names, and those of their columns, are numbers: names of fields never get into SQL. */
export interface IndexTables {
  readonly schema: CheckedSchema
  /** A row per document: its number, its `id`, and the stored values of its fields as JSON lists. */
  readonly documents: string
  /** The words of the text fields, by FTS5: a column per field. */
  readonly text: string
  /** Its terms, with the number of documents that have them. */
  readonly vocabulary: string
  /** The words that analyzers met, with their terms. */
  readonly words: string
  readonly textFields: readonly CheckedTextField[]
  readonly valueFields: readonly CheckedValueField[]
  readonly vectorFields: readonly CheckedVectorField[]
  /** The stored fields that `documents` has. */
  readonly storedFields: readonly CheckedField[]
  /** The analyzers of the text fields, each once. */
  readonly analyzers: readonly Analyzer[]
  /** The number of a field's analyzer. */
  analyzerOf(field: CheckedTextField): number
  /** What is kept of one field, by document: values with an index, vectors, or of text the mere fact. */
  field(field: CheckedField): string
  /** The column of a field, in `documents` or `text`. */
  column(field: CheckedField): string
}

/** The tables of the index of a number. */
export function indexTables(schema: CheckedSchema, index: number): IndexTables {
  const prefix = `search_${index}`
  const textFields = schema.fields.filter((field) => field.type === 'text')
  const analyzers = [...new Set(textFields.map(({ analyzer }) => analyzer))]
  return {
    schema,
    documents: `${prefix}_documents`,
    text: `${prefix}_text`,
    vocabulary: `${prefix}_vocabulary`,
    words: `${prefix}_words`,
    textFields,
    valueFields: schema.fields.filter((field) => field.type !== 'text' && field.type !== 'vector'),
    vectorFields: schema.fields.filter((field) => field.type === 'vector'),
    storedFields: schema.fields.filter((field) => field.stored && field.type !== 'vector'),
    analyzers,
    analyzerOf: ({ analyzer }) => analyzers.indexOf(analyzer),
    field: ({ position }) => `${prefix}_field_${position}`,
    column: ({ position }) => `c${position}`,
  }
}

const valueTypes = { keyword: 'TEXT', number: 'REAL', date: 'REAL', boolean: 'INTEGER' } as const

/** The statements that make the tables. */
export function createTables(tables: IndexTables): string {
  const { documents, text, vocabulary, words, textFields, valueFields, vectorFields, storedFields } = tables
  const stored = storedFields.map((field) => `, ${tables.column(field)} TEXT`).join('')
  const statements = [
    `CREATE TABLE ${documents} (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE${stored}) STRICT`,
    ...valueFields.flatMap((field) => [
      `CREATE TABLE ${tables.field(field)} (document INTEGER, value ${valueTypes[field.type]}, PRIMARY KEY (document, value)) STRICT, WITHOUT ROWID`,
      `CREATE INDEX ${tables.field(field)}_values ON ${tables.field(field)} (value)`,
    ]),
    ...textFields.map((field) => `CREATE TABLE ${tables.field(field)} (document INTEGER PRIMARY KEY) STRICT`),
    ...vectorFields.map(
      (field) =>
        `CREATE TABLE ${tables.field(field)} (document INTEGER PRIMARY KEY, norm REAL NOT NULL, vector BLOB NOT NULL) STRICT`,
    ),
  ]
  if (textFields.length > 0) {
    const columns = textFields.map((field) => tables.column(field)).join(', ')
    statements.push(
      `CREATE VIRTUAL TABLE ${text} USING fts5 (${columns}, tokenize = "ascii tokenchars '_'")`,
      `CREATE VIRTUAL TABLE ${vocabulary} USING fts5vocab (${text}, row)`,
      `CREATE TABLE ${words} (analyzer INTEGER, word TEXT, term TEXT, PRIMARY KEY (analyzer, word, term)) STRICT, WITHOUT ROWID`,
    )
  }
  return statements.map((statement) => `${statement};`).join('\n')
}

/** The statements that drop them. */
export function dropTables(tables: IndexTables): string {
  const { documents, text, vocabulary, words, textFields, schema } = tables
  const fields = schema.fields.map((field) => tables.field(field))
  const all = [...(textFields.length > 0 ? [vocabulary, text, words] : []), ...fields, documents]
  return all.map((table) => `DROP TABLE IF EXISTS ${table};`).join('\n')
}
