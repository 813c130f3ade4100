import type { RenderedMessage } from '@empire/context'
import type { SharedContent } from '@empire/record'
import type { ModelRequest } from './model-request.ts'
import type { PreparedRequest } from './prepared-request.ts'

/** What was worked out of a request, for the further layers of its call. */
export interface RequestMemo {
  forwarded?: ModelRequest | undefined
  rendered?: readonly RenderedMessage[] | undefined
  data?: Readonly<Record<string, unknown>> | undefined
  inputs?: { readonly id: string; readonly vendor: string | undefined; readonly content: SharedContent } | undefined
}

/** Of a request that nobody has prepared here, nothing is remembered. */
export function memoOf(request: PreparedRequest): RequestMemo {
  return Remembering.memoOf(request) ?? {}
}

/** The prepared request, with a memo of its own. */
export function withMemo(prepared: PreparedRequest): PreparedRequest {
  return new Remembering(prepared, {}) as unknown as PreparedRequest
}

/** The request for a further call, which knows what it was made of. A copy of it does not. */
export function asForwarded(request: ModelRequest, prepared: PreparedRequest): ModelRequest {
  return Object.freeze(new Forwarded(request, prepared)) as unknown as ModelRequest
}

export function preparedOf(request: ModelRequest): PreparedRequest | undefined {
  return Forwarded.preparedOf(request)
}

// Private fields, for entries of a WeakMap cost each collection of garbage more than the layers themselves.

class Remembering {
  readonly #memo: RequestMemo

  constructor(prepared: PreparedRequest, memo: RequestMemo) {
    Object.assign(this, prepared)
    this.#memo = memo
  }

  static memoOf(request: object): RequestMemo | undefined {
    return #memo in request ? request.#memo : undefined
  }
}

class Forwarded {
  readonly #prepared: PreparedRequest

  constructor(request: ModelRequest, prepared: PreparedRequest) {
    Object.assign(this, request)
    this.#prepared = prepared
  }

  static preparedOf(request: unknown): PreparedRequest | undefined {
    return typeof request === 'object' && request !== null && #prepared in request ? request.#prepared : undefined
  }
}
