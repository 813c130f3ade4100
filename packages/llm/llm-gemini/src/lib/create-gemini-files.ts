import { type Clock, systemClock } from '@empire/clock'
import { type CallOptions, ModelError } from '@empire/llm'
import { createFrameReader } from '@empire/llm/client'
import * as z from 'zod'
import { checkOptions } from './check-options.ts'
import { createTransport } from './create-transport.ts'
import type { GeminiConnection } from './gemini-connection.ts'
import { type GeminiListOptions, listPages } from './list-pages.ts'
import { resourceName } from './resource-name.ts'
import { uploadFile, type GeminiUpload } from './upload-file.ts'

/** A file that Google keeps for two days. */
export interface GeminiFile {
  readonly name: string
  /** The `url` of a media message that shows it to a model. */
  readonly url: string
  readonly mimeType: string
  /** `processing` while Google works on it, which takes a while for videos; only an `active` one can be used. */
  readonly state: 'processing' | 'active' | 'failed' | 'unknown'
  readonly title?: string | undefined
  /** In bytes. */
  readonly size?: number | undefined
  /** When it is thrown away, in milliseconds since the Unix epoch. */
  readonly expiresAt?: number | undefined
}

/** Options of `createGeminiFiles`. */
export interface GeminiFilesOptions extends GeminiConnection {
  /** What `whenActive` waits with. Default: the platform's. */
  readonly clock?: Clock | undefined
}

/** The files of a key. All methods reject with a `ModelError`, or `signal.reason`. */
export interface GeminiFiles {
  /** Sends a file in pieces, by the SDK of Google. */
  upload(input: GeminiUpload, options?: CallOptions): Promise<GeminiFile>
  /** The file as soon as models can use it. Looks every two seconds. Rejects with `invalid_response` if Google cannot read it. */
  whenActive(name: string, options?: CallOptions): Promise<GeminiFile>
  /** What is known about a file. */
  get(name: string, options?: CallOptions): Promise<GeminiFile>
  /** The files of the key, page by page as they are pulled. */
  list(options?: GeminiListOptions): AsyncIterable<GeminiFile>
  /** Removes a file. */
  delete(name: string, options?: CallOptions): Promise<void>
}

const text = z.string().nullish()
const schema = z.looseObject({
  name: z.string(),
  uri: z.string(),
  mimeType: z.string(),
  state: text,
  displayName: text,
  sizeBytes: z.union([z.string(), z.number()]).nullish(),
  expirationTime: text,
})
const reader = createFrameReader({ vendor: 'Gemini', schema })

/** Between two looks at a file that is worked on, in milliseconds. */
const pause = 2000

/** The files of a key of the Gemini API. Vertex AI has none: it reads those of Cloud Storage. */
export function createGeminiFiles(options: GeminiFilesOptions): GeminiFiles {
  checkOptions(options, ['clock'])
  const { clock = systemClock } = options
  const transport = createTransport(options)
  if (transport.isVertex) {
    throw new ModelError(
      'unsupported',
      'Vertex AI keeps no files. Put them into Cloud Storage, and pass their gs:// address.',
      {
        details: { feature: 'files' },
      },
    )
  }

  async function get(name: string, { signal }: CallOptions = {}): Promise<GeminiFile> {
    return describe(await transport.ask({ path: resourceName('files', name), signal }, reader))
  }

  return Object.freeze({
    async upload(input: GeminiUpload, call: CallOptions = {}) {
      return describe(reader.check(await uploadFile(input, transport, call.signal)))
    },
    async whenActive(name: string, call: CallOptions = {}) {
      for (;;) {
        const file = await get(name, call)
        if (file.state === 'active') return file
        if (file.state === 'failed') throw unreadable(file)
        await clock.sleep(pause, { signal: call.signal })
      }
    },
    get,
    async *list(list: GeminiListOptions = {}) {
      for await (const file of listPages(transport, 'files', 'files', schema, list)) yield describe(file)
    },
    async delete(name: string, { signal }: CallOptions = {}) {
      await transport.run({ path: resourceName('files', name), method: 'DELETE', signal })
    },
  })
}

const states = new Map<string, GeminiFile['state']>([
  ['PROCESSING', 'processing'],
  ['ACTIVE', 'active'],
  ['FAILED', 'failed'],
])

function describe(file: z.output<typeof schema>): GeminiFile {
  const { name, uri, mimeType, state, displayName, sizeBytes, expirationTime } = file
  const expiresAt = expirationTime ? Date.parse(expirationTime) : Number.NaN
  return {
    name,
    url: uri,
    mimeType,
    state: states.get(state ?? '') ?? 'unknown',
    ...(displayName ? { title: displayName } : {}),
    ...(sizeBytes === undefined || sizeBytes === null ? {} : { size: Number(sizeBytes) }),
    ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
  }
}

function unreadable({ name, mimeType }: GeminiFile): ModelError {
  return new ModelError(
    'invalid_response',
    `Gemini could not read ${name} as ${mimeType}. Check its type and content.`,
    {
      details: { path: '', file: name },
    },
  )
}
