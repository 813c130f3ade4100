/** JSON data that is recorded or addressed more than once. In JSON it stands for the data. */
export interface SharedContent {
  /** The data. */
  toJSON(): unknown
}

/**
 * Data that several steps have, such as a request that several layers record: as `inputs` or `output` of them, and for
 * `contentHash`, it is written, hashed and searched for secrets the first time only. It must not be changed any more, at any depth.
 */
export function shareContent(data: object): SharedContent {
  return new Shared(data)
}

/** The canonical JSON of data, and its address. */
export interface WrittenContent {
  readonly hash: `sha256:${string}`
  readonly text: string
}

/** What was worked out of the data so far. */
export class Shared implements SharedContent {
  readonly #data: object
  /** As it is. */
  plain: WrittenContent | undefined
  /** Without secrets. */
  safe: WrittenContent | undefined

  constructor(data: object) {
    this.#data = data
  }

  toJSON(): unknown {
    return this.#data
  }
}
