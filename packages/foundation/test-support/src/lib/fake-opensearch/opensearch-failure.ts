import type { FakeReply } from '../fake-server/fake-reply.ts'

/** A refusal in the words of OpenSearch. */
export class OpenSearchFailure extends Error {
  override readonly name = 'OpenSearchFailure'
  readonly status: number
  readonly type: string

  constructor(status: number, type: string, reason: string) {
    super(reason)
    this.status = status
    this.type = type
  }

  /** The error as it stands in bodies. */
  toError(): { readonly type: string; readonly reason: string } {
    return { type: this.type, reason: this.message }
  }

  toReply(): FakeReply {
    const error = this.toError()
    return { status: this.status, body: { error: { root_cause: [error], ...error }, status: this.status } }
  }
}

/** A body that the documentation does not allow. */
export function parsingFailure(reason: string): OpenSearchFailure {
  return new OpenSearchFailure(400, 'parsing_exception', reason)
}

/** A value that the server cannot take. */
export function illegalArgument(reason: string): OpenSearchFailure {
  return new OpenSearchFailure(400, 'illegal_argument_exception', reason)
}
