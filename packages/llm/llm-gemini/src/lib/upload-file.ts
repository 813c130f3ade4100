import { abortable, linkSignal } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { ModelError } from '@empire/llm'
import type { GeminiTransport } from './create-transport.ts'
import { loadSdk } from './load-sdk.ts'

/** A file to send. */
export interface GeminiUpload {
  /** The file, or the path of one. */
  readonly file: Blob | string
  /** Default: that of the blob, else by the ending of the path. */
  readonly mimeType?: string | undefined
  /** What it is called at Google: small letters, digits and dashes. Default: Google finds a name. */
  readonly name?: string | undefined
  readonly title?: string | undefined
}

/** The file as Google describes it. Google's SDK does the sending, over our connection. */
export async function uploadFile(
  input: GeminiUpload,
  transport: GeminiTransport,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  signal?.throwIfAborted()
  expectKnownKeys('"input"', input, ['file', 'mimeType', 'name', 'title'])
  const { file, mimeType, name, title } = input
  checkInput(file, mimeType)
  const { GoogleGenAI } = await loadSdk()
  const link = linkSignal(signal)
  const client = new GoogleGenAI({
    // The key comes with our connection, and what the environment says does not count.
    apiKey: 'unused',
    vertexai: false,
    apiVersion: transport.apiVersion,
    httpOptions: { baseUrl: transport.baseUrl, fetch: (url, init) => send(url, init) },
  })

  async function send(url: string | URL | Request, init: RequestInit | undefined): Promise<Response> {
    const headers = {
      ...Object.fromEntries(new Headers(init?.headers)),
      ...(await abortable(transport.headers(), link.signal)),
    }
    // For a path, the SDK is the first to know its size.
    if (headers['x-goog-upload-header-content-length'] === '0') throw refuse('it is empty.')
    const response = await transport.fetch(url, { ...init, headers }, link.signal)
    // The SDK would send the piece again and again, and wait in between.
    if (headers['x-goog-upload-command'] === 'start' || response.headers.has('x-goog-upload-status')) return response
    throw new ModelError('invalid_response', 'Gemini took a piece of the file without saying whether it wants more.')
  }

  try {
    return await client.files.upload({
      file,
      config: {
        ...(mimeType === undefined ? {} : { mimeType }),
        ...(name === undefined ? {} : { name }),
        ...(title === undefined ? {} : { displayName: title }),
      },
    })
  } catch (error) {
    // The SDK wraps reasons that are no errors.
    signal?.throwIfAborted()
    if (error instanceof ModelError) throw error
    throw refuse(error instanceof Error ? error.message : '', error)
  } finally {
    link.unlink()
  }
}

function refuse(problem: string, cause?: unknown): ModelError {
  return new ModelError('invalid_request', `The file cannot be sent: ${problem}`, {
    ...(cause === undefined ? {} : { cause }),
    details: { path: 'file' },
  })
}

function checkInput(file: unknown, mimeType: string | undefined): void {
  if (typeof file === 'string' && file !== '') return
  if (!(file instanceof Blob)) {
    throw new TypeError(`Expected "file" to be a Blob or the path of a file, got ${describeValue(file)}.`)
  }
  if (file.size === 0) throw new TypeError('Expected "file" to have content, got an empty one.')
  if (file.type === '' && mimeType === undefined) {
    throw new TypeError('Expected "mimeType", for the file does not say what it is: { file, mimeType: "audio/mpeg" }.')
  }
}
