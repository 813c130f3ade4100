export interface ModelOptions {
  /** Tells one from another, in logs and errors. Default: `'model'`. */
  name?: string | undefined
}

/** What `createModel` makes. */
export interface Model {
  /** The name that it was given. */
  readonly name: string
}

/** Makes a frozen `Model`. */
export function createModel(options: ModelOptions = {}): Model {
  const { name = 'model' } = options
  return Object.freeze({ name })
}
