import type { CheckedDocument, CheckedValue } from '../checked-document.ts'
import type { CheckedField, CheckedSchema, CheckedTextField } from '../checked-schema.ts'
import { compareText } from '../compare-text.ts'
import type { Bitset } from './bitset.ts'
import { DocumentTable } from './document-table.ts'
import { TextIndex } from './text-index.ts'
import { ValueColumn } from './value-column.ts'
import { VectorColumn } from './vector-column.ts'

/** All that an index holds, by document number. */
export class MemoryStore {
  readonly schema: CheckedSchema
  readonly documents: DocumentTable
  readonly text: TextIndex
  /** By the position of the field; `undefined` for those of other types. */
  readonly columns: readonly (ValueColumn | undefined)[]
  readonly vectors: readonly (VectorColumn | undefined)[]
  /**
   * By the position of a text field, by document: its texts, one text without an array around it; where
   * texts are not stored an empty one for those that it has.
   */
  readonly texts: readonly (string | readonly string[] | undefined)[][]
  /** By the position of a text field: its number in the text index. */
  readonly textNumbers: readonly number[]

  constructor(schema: CheckedSchema) {
    const textFields = schema.fields.filter((field): field is CheckedTextField => field.type === 'text')
    this.schema = schema
    this.documents = new DocumentTable(textFields.length)
    this.text = new TextIndex(textFields, this.documents)
    this.columns = schema.fields.map((field) =>
      field.type === 'text' || field.type === 'vector' ? undefined : new ValueColumn(field),
    )
    this.vectors = schema.fields.map((field) => (field.type === 'vector' ? new VectorColumn(field) : undefined))
    this.texts = schema.fields.map(() => [])
    this.textNumbers = schema.fields.map((field) => textFields.indexOf(field as CheckedTextField))
  }

  /** Adds documents, all or, if an analyzer throws, none; those whose ids are there replace them. */
  add(documents: readonly CheckedDocument[]): void {
    const first = this.documents.nextNumber
    try {
      for (const document of documents) this.#add(document)
    } catch (error) {
      this.text.stream.dropRun()
      this.#fill()
      for (let number = first; number < this.documents.nextNumber; number += 1) this.documents.discard(number)
      throw error
    }
    for (let number = first; number < this.documents.nextNumber; number += 1) {
      const replaced = this.documents.publish(number)
      if (replaced !== undefined) this.#dropTexts(replaced)
    }
  }

  remove(numbers: Iterable<number>): void {
    for (const number of numbers) {
      this.documents.remove(number)
      this.#dropTexts(number)
    }
  }

  /** The stored values of a field. */
  valuesOf(field: CheckedField, document: number): readonly CheckedValue[] {
    if (field.type === 'text') {
      const texts = this.texts[field.position]?.[document]
      return texts === undefined ? [] : typeof texts === 'string' ? [texts] : texts
    }
    if (field.type === 'vector') {
      const vector = this.vectors[field.position]?.valueOf(document)
      return vector === undefined ? [] : [vector]
    }
    return this.columns[field.position]?.valuesOf(document) ?? []
  }

  /** The order of two documents by their ids. */
  compareIds(left: number, right: number): number {
    return compareText(this.documents.idOf(left) ?? '', this.documents.idOf(right) ?? '')
  }

  /** Adds to a set the documents that have a text in a field. */
  collectTexts(position: number, into: Bitset): void {
    const texts = this.texts[position] ?? []
    for (let number = 0; number < texts.length; number += 1) if (texts[number] !== undefined) into.add(number)
  }

  /** How many bytes it takes, without the stored texts, ids and words. */
  get byteLength(): number {
    const { postings, stream } = this.text
    const columns = [...this.columns, ...this.vectors].reduce((sum, column) => sum + (column?.byteLength ?? 0), 0)
    return this.documents.lengths.byteLength + postings.byteLength + stream.byteLength + columns
  }

  #dropTexts(number: number): void {
    for (const texts of this.texts) if (number < texts.length) texts[number] = undefined
  }

  #add({ id, values }: CheckedDocument): void {
    const number = this.documents.add(id)
    for (const field of this.schema.fields) {
      const own = values[field.position] as readonly never[]
      if (field.type === 'text') {
        this.text.add(number, this.textNumbers[field.position] as number, own)
        this.texts[field.position]?.push(
          own.length === 0 ? undefined : !field.stored ? '' : own.length === 1 ? own[0] : own,
        )
      } else if (field.type === 'vector') {
        this.vectors[field.position]?.add(own[0])
      } else {
        this.columns[field.position]?.add(own)
      }
    }
  }

  /** After a document that was not taken to its end, the parts that it did not come to. */
  #fill(): void {
    const count = this.documents.nextNumber
    for (const { type, position } of this.schema.fields) {
      const column = this.columns[position]
      if (column !== undefined && column.length < count) column.add([])
      const vectors = this.vectors[position]
      if (vectors !== undefined && vectors.length < count) vectors.add(undefined)
      const texts = this.texts[position] as unknown[]
      if (type === 'text' && texts.length < count) texts.push(undefined)
    }
  }
}
