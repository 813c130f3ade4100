import type { CassetteRequest } from './cassette-request.ts'

/** What a cassette does in one of its modes. */
export interface Tape {
  readonly fetch: (call: TapeCall) => Promise<Response>
  readonly unused: () => Promise<readonly CassetteRequest[]>
  readonly close: () => Promise<void>
}

export interface TapeCall {
  readonly request: Request
  readonly bytes: Uint8Array
  /** The request as it is kept and compared. */
  readonly described: CassetteRequest
  readonly init: RequestInit
}
