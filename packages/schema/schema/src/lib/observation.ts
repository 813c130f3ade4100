import * as z from 'zod'

/** How many levels are looked into. */
const deepest = 64

/** How many different texts are kept. */
export const manyTexts = 10

export type ValueKind =
  | 'null'
  | 'undefined'
  | 'boolean'
  | 'number'
  | 'string'
  | 'bigint'
  | 'date'
  | 'array'
  | 'object'
  | 'other'

/** What was seen of the values at one place. Its size depends on how they differ, not on how many there are. */
export class Observation {
  readonly kinds = new Set<ValueKind>()
  count = 0
  wholeNumbers = true
  textCount = 0
  /** The different texts: one more than `manyTexts` means that there are too many. */
  readonly texts = new Set<string>()
  /** The formats that every text has had. */
  formats: readonly z.ZodType[]
  elements: Observation | undefined
  objectCount = 0
  readonly fields = new Map<string, Observation>()
  readonly #allFormats: readonly z.ZodType[]
  readonly #level: number

  constructor(formats: readonly z.ZodType[], level = 0) {
    this.#allFormats = formats
    this.formats = formats
    this.#level = level
  }

  add(value: unknown): void {
    this.count++
    const kind = kindOf(value)
    const tooDeep = this.#level === deepest && (kind === 'array' || kind === 'object')
    this.kinds.add(tooDeep ? 'other' : kind)
    if (tooDeep) return
    if (kind === 'number') this.wholeNumbers &&= Number.isSafeInteger(value)
    else if (kind === 'string') this.#addText(value as string)
    else if (kind === 'array') this.#addElements(value as unknown[])
    else if (kind === 'object') this.#addFields(value as object)
  }

  /** Takes in what was seen at another place, as if it had been seen here. */
  absorb(other: Observation): void {
    this.count += other.count
    for (const kind of other.kinds) this.kinds.add(kind)
    this.wholeNumbers &&= other.wholeNumbers
    this.textCount += other.textCount
    for (const text of other.texts) if (this.texts.size <= manyTexts) this.texts.add(text)
    this.formats = this.formats.filter((format) => other.formats.includes(format))
    if (other.elements !== undefined) (this.elements ??= this.#below()).absorb(other.elements)
    this.objectCount += other.objectCount
    for (const [key, field] of other.fields) this.#field(key).absorb(field)
  }

  #addText(text: string): void {
    this.textCount++
    if (this.texts.size <= manyTexts) this.texts.add(text)
    if (this.formats.length > 0) this.formats = this.formats.filter((format) => z.core.validate(format, text))
  }

  #addElements(array: unknown[]): void {
    this.elements ??= this.#below()
    // By index: a hole is an element that is undefined.
    for (let index = 0; index < array.length; index++) this.elements.add(array[index])
  }

  #addFields(object: object): void {
    this.objectCount++
    for (const [key, value] of Object.entries(object)) {
      // zod leaves out this key of every object.
      if (key === '__proto__') continue
      this.#field(key).add(value)
    }
  }

  #field(key: string): Observation {
    const field = this.fields.get(key) ?? this.#below()
    this.fields.set(key, field)
    return field
  }

  /** What is seen one level down. */
  #below(): Observation {
    return new Observation(this.#allFormats, this.#level + 1)
  }
}

function kindOf(value: unknown): ValueKind {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? 'number' : 'other'
    case 'undefined':
    case 'boolean':
    case 'string':
    case 'bigint':
      return typeof value as ValueKind
    case 'object':
      return kindOfObject(value)
    default:
      return 'other'
  }
}

function kindOfObject(value: object): ValueKind {
  if (Array.isArray(value)) return 'array'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'other' : 'date'
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null ? 'object' : 'other'
}
