import { createHash } from 'node:crypto'

/** What is said of an object when it is put. */
export interface FakeObjectOptions {
  /** Default: `binary/octet-stream`. */
  readonly contentType?: string | undefined
  /** The metadata of the user. */
  readonly metadata?: Readonly<Record<string, string>> | undefined
  /** `GLACIER` and `DEEP_ARCHIVE` are listed, but cannot be read. Default: `STANDARD`. */
  readonly storageClass?: string | undefined
}

/** One version of an object. */
export interface StoredObject {
  readonly content: Uint8Array
  readonly etag: string
  readonly lastModified: Date
  readonly contentType: string
  readonly metadata: Readonly<Record<string, string>>
  readonly storageClass: string
  /** Of buckets with versions. */
  readonly versionId: string | undefined
}

/** An object as it is kept. */
export function storeObject(
  content: Uint8Array,
  { contentType = 'binary/octet-stream', metadata = {}, storageClass = 'STANDARD' }: FakeObjectOptions,
  { versionId, now }: { readonly versionId: string | undefined; readonly now: number },
): StoredObject {
  const etag = `"${createHash('md5').update(content).digest('hex')}"`
  return { content, etag, lastModified: new Date(now), contentType, metadata, storageClass, versionId }
}
