export interface SchemaOptions {
  /** Tells one from another, in logs and errors. Default: `'schema'`. */
  name?: string | undefined
}

/** What `createSchema` makes. */
export interface Schema {
  /** The name that it was given. */
  readonly name: string
}

/** Makes a frozen `Schema`. */
export function createSchema(options: SchemaOptions = {}): Schema {
  const { name = 'schema' } = options
  return Object.freeze({ name })
}
