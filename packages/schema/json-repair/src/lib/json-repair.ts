export interface JsonRepairOptions {
  /** Tells one from another, in logs and errors. Default: `'json-repair'`. */
  name?: string | undefined
}

/** What `createJsonRepair` makes. */
export interface JsonRepair {
  /** The name that it was given. */
  readonly name: string
}

/** Makes a frozen `JsonRepair`. */
export function createJsonRepair(options: JsonRepairOptions = {}): JsonRepair {
  const { name = 'json-repair' } = options
  return Object.freeze({ name })
}
