import { decodeName } from '../fake-model/decode-name.ts'
import { estimateTokens } from '../fake-model/estimate-tokens.ts'
import { objectOf } from '../fake-model/object-of.ts'
import type { FakeReply } from '../fake-server/fake-reply.ts'
import type { FakeRequest } from '../fake-server/fake-request.ts'
import { geminiError } from './gemini-error.ts'

type Json = Readonly<Record<string, unknown>>

/** What the fake keeps between requests. */
export interface GeminiResources {
  /** The reply to a request for files, cached contents or batches; undefined for other paths. */
  handle(request: FakeRequest): FakeReply | undefined
  /** Makes a batch that is done: each of its requests is answered by `answer`. */
  createBatch(model: string, body: Json, answer: (body: Json) => Json): FakeReply
}

const resourcePath = /\/(files|cachedContents|batches)(?:\/([^/:]+))?(:\w+)?$/
const uploadPath = /^\/upload\/\w+\/files$/
/** A time that does not pass. */
const always = '2030-01-01T00:00:00Z'

/** Files, cached contents and batches, of which there are none yet. Files are ready and batches done as soon as they are made. */
export function createGeminiResources(): GeminiResources {
  const kept = {
    files: new Map<string, Json>(),
    cachedContents: new Map<string, Json>(),
    batches: new Map<string, Json>(),
  }
  const uploads = new Map<string, { readonly file: Json; readonly pieces: Uint8Array[]; bytes: number }>()
  /** What the files hold. */
  const held = new Map<string, string>()

  function handle(request: FakeRequest): FakeReply | undefined {
    const { method, path, url } = request
    if (method === 'POST' && uploadPath.test(path)) return upload(request)
    const match = resourcePath.exec(path)
    if (match === null) return undefined
    const folder = match[1] as keyof typeof kept
    const items = kept[folder]
    if (match[2] === undefined) {
      if (method === 'GET') return list(folder, items, url.searchParams)
      return method === 'POST' && folder === 'cachedContents' ? createCache(request) : undefined
    }
    const name = `${folder}/${decodeName(match[2])}`
    const item = items.get(name)
    if (item === undefined) return fail(404, `${name} is not found.`)
    if (match[3] === ':cancel') {
      items.set(name, { ...item, metadata: { ...objectOf(item['metadata']), state: 'BATCH_STATE_CANCELLED' } })
      return { body: {} }
    }
    if (match[3] === ':download') return { body: held.get(name) ?? '' }
    if (method === 'GET') return { body: item }
    if (method === 'DELETE') {
      items.delete(name)
      return { body: {} }
    }
    if (method !== 'PATCH') return undefined
    const changed = { ...item, ...objectOf(request.json), updateTime: always }
    items.set(name, changed)
    return { body: changed }
  }

  /** The resumable protocol: first the facts, then the bytes in pieces. */
  function upload({ headers, url, json, bytes }: FakeRequest): FakeReply {
    const command = headers['x-goog-upload-command'] ?? ''
    if (command === 'start') {
      const id = `upload-${uploads.size}`
      uploads.set(id, { file: objectOf(objectOf(json)['file']), pieces: [], bytes: 0 })
      url.search = `?upload_id=${id}`
      return { headers: { 'x-goog-upload-url': url.href, 'x-goog-upload-status': 'active' }, body: {} }
    }
    const begun = uploads.get(url.searchParams.get('upload_id') ?? '')
    if (begun === undefined) return fail(404, 'There is no such upload.')
    if (Number(headers['x-goog-upload-offset']) !== begun.bytes) return fail(400, 'The offset is wrong.')
    begun.bytes += bytes.length
    begun.pieces.push(bytes)
    if (!command.includes('finalize')) return { headers: { 'x-goog-upload-status': 'active' } }
    const file = keepFile(begun.file, Buffer.concat(begun.pieces))
    return { headers: { 'x-goog-upload-status': 'final' }, body: { file } }
  }

  function keepFile(facts: Json, content: Buffer): Json {
    const name = String(facts['name'] ?? `files/fake-${kept.files.size}`)
    const file = {
      ...facts,
      name,
      uri: `https://generativelanguage.googleapis.com/v1beta/${name}`,
      sizeBytes: String(content.length),
      state: 'ACTIVE',
      expirationTime: always,
    }
    kept.files.set(name, file)
    held.set(name, content.toString())
    return file
  }

  function createCache({ json, path }: FakeRequest): FakeReply {
    const { model, contents, systemInstruction, tools, displayName } = objectOf(json)
    if (typeof model !== 'string') return fail(400, 'model is not specified')
    const name = `cachedContents/fake-${kept.cachedContents.size}`
    const parent = /projects\/[^/]+\/locations\/[^/]+\//.exec(path)?.[0] ?? ''
    const cache = {
      name: `${parent}${name}`,
      model,
      displayName,
      createTime: always,
      expireTime: always,
      usageMetadata: { totalTokenCount: estimateTokens(contents, systemInstruction, tools) },
    }
    kept.cachedContents.set(name, cache)
    return { body: cache }
  }

  function createBatch(model: string, body: Json, answer: (body: Json) => Json): FakeReply {
    const { displayName, inputConfig } = objectOf(body['batch'])
    const { fileName, requests: inlined } = objectOf(inputConfig)
    const { requests = readLines(held.get(String(fileName)) ?? '') } = objectOf(inlined)
    if (!Array.isArray(requests) || requests.length === 0) return fail(400, 'There are no requests.')
    const name = `batches/fake-${kept.batches.size}`
    const answers = requests
      .map(objectOf)
      .map(({ request, ...mark }) => ({ ...mark, response: answer(objectOf(request)) }))
    const metadata = { model: `models/${model}`, displayName, state: 'BATCH_STATE_SUCCEEDED' }
    // What came as a file is answered as one.
    const output =
      fileName === undefined
        ? { inlinedResponses: { inlinedResponses: answers } }
        : { responsesFile: keepFile({ mimeType: 'application/jsonl' }, writeLines(answers))['name'] }
    kept.batches.set(name, { name, metadata: { ...metadata, output }, done: true, response: output })
    // A batch is never done at once.
    return { body: { name, metadata: { ...metadata, state: 'BATCH_STATE_PENDING' } } }
  }

  return { handle, createBatch }
}

function list(folder: string, items: ReadonlyMap<string, Json>, query: URLSearchParams): FakeReply {
  const all = [...items.values()]
  const size = Number(query.get('pageSize') ?? all.length)
  const start = Number(query.get('pageToken') ?? 0)
  const end = start + size
  const field = folder === 'batches' ? 'operations' : folder
  return { body: { [field]: all.slice(start, end), ...(end < all.length ? { nextPageToken: String(end) } : {}) } }
}

function readLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
}

function writeLines(values: readonly unknown[]): Buffer {
  return Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''))
}

function fail(status: number, message: string): FakeReply {
  return { status, body: geminiError({ status, message }) }
}
