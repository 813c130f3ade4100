export interface ContractOptions {
  /** Tells one from another, in logs and errors. Default: `'contract'`. */
  name?: string | undefined
}

/** What `createContract` makes. */
export interface Contract {
  /** The name that it was given. */
  readonly name: string
}

/** Makes a frozen `Contract`. */
export function createContract(options: ContractOptions = {}): Contract {
  const { name = 'contract' } = options
  return Object.freeze({ name })
}
