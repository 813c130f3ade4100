import type { CheckedValue } from '@empire/search/backend'
import { toSqlText } from '@empire/sqlite'
import type { CodedDocument } from './code-documents.ts'
import type { IndexTables } from './index-tables.ts'
import type { SqliteFile } from './sqlite-file.ts'
import { norm } from './vector-math.ts'
import type { NewWord } from './word-coder.ts'
import { toSqlValue } from './sql-value.ts'

/** The statements that change the documents of an index. Inside a write. */
export interface DocumentWriter {
  /** The number of a document; `undefined` if it is not there. */
  numberOf(id: string): number | undefined
  /** Adds a document, or puts it in place of the one of a number. */
  put(document: CodedDocument, number: number | undefined): void
  remove(number: number): void
  addWords(words: readonly NewWord[]): void
}

export function documentWriter(file: SqliteFile, tables: IndexTables): DocumentWriter {
  const { documents, text, words, schema, textFields, valueFields, vectorFields, storedFields } = tables
  const fields = schema.fields.map((field) => tables.field(field))
  const deletes = [
    ...(textFields.length > 0 ? [`DELETE FROM ${text} WHERE rowid = ?`] : []),
    ...fields.map((table) => `DELETE FROM ${table} WHERE document = ?`),
    `DELETE FROM ${documents} WHERE number = ?`,
  ]
  const select = `SELECT number FROM ${documents} WHERE id = ?`
  const insert = insertInto(documents, ['number', 'id', ...storedFields.map((field) => tables.column(field))])
  const insertText = insertInto(text, ['rowid', ...textFields.map((field) => tables.column(field))])
  const insertWord = `INSERT OR IGNORE INTO ${words} (analyzer, word, term) VALUES (?, ?, ?)`

  function remove(number: number): void {
    for (const sql of deletes) file.run(sql, number)
  }

  return {
    numberOf: (id) => file.first(select, toSqlText(id))?.[0] as number | undefined,
    put({ id, values, codes }, known) {
      if (known !== undefined) remove(known)
      const stored = storedFields.map(({ position }) => toJson(values[position] ?? []))
      const { inserted } = file.run(insert, known ?? null, toSqlText(id), ...stored)
      const number = known ?? inserted
      if (textFields.length > 0) file.run(insertText, number, ...codes)
      for (const field of textFields) {
        if (values[field.position]?.length !== 0) file.run(`INSERT INTO ${tables.field(field)} VALUES (?)`, number)
      }
      for (const field of valueFields) {
        // A value that comes twice is kept once: it counts once in facets.
        const sql = `INSERT OR IGNORE INTO ${tables.field(field)} (document, value) VALUES (?, ?)`
        for (const value of values[field.position] ?? []) {
          file.run(sql, number, toSqlValue(value as string | number | boolean))
        }
      }
      for (const field of vectorFields) {
        const sql = `INSERT INTO ${tables.field(field)} (document, norm, vector) VALUES (?, ?, ?)`
        for (const vector of (values[field.position] ?? []) as readonly Float32Array[]) {
          file.run(sql, number, norm(vector), toBytes(vector))
        }
      }
    },
    remove,
    addWords(fresh) {
      for (const { analyzer, word, term } of fresh) file.run(insertWord, analyzer, toSqlText(word), term)
    },
  }
}

function insertInto(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
}

/** `null` for no value, as most fields of many documents have none. */
function toJson(values: readonly CheckedValue[]): string | null {
  return values.length === 0 ? null : JSON.stringify(values)
}

function toBytes({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
