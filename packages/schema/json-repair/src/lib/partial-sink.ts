/** Told by the scanner what it has read. Offsets are in UTF-16 code units from the start of the stream. */
export interface PartialSink {
  open(array: boolean, start: number): void
  close(end: number): void
  key(key: string): void
  /** A scalar that is a value begins. */
  begin(start: number): void
  scalar(value: unknown, end: number): void
}

/** No value, where `undefined` would be ambiguous. */
export const nothing: unique symbol = Symbol('nothing')
