import { ListObjectsV2Command, type ListObjectsV2CommandOutput, type S3Client } from '@aws-sdk/client-s3'
import { IngestError } from '@empire/ingest'
import { createRetryBudget, retry } from '@empire/resilience'
import { sendCommand, type Sending } from './send-command.ts'

/** An object as a listing tells of it. */
export interface ListedObject {
  readonly key: string
  readonly size: number
  readonly etag: string | undefined
}

/** What is listed, and how. */
export interface ListObjectsOptions extends Sending {
  readonly client: Pick<S3Client, 'send'>
  readonly bucket: string
  readonly prefix: string
  /** Keys of a page. Default: as many as S3 gives, 1,000. */
  readonly pageSize?: number | undefined
  /** How often a page is asked for. */
  readonly attempts: number
  readonly signal: AbortSignal | undefined
}

/** All objects below a prefix, by the bytes of their keys; the next page is fetched when it is wanted. */
export async function* listObjects(options: ListObjectsOptions): AsyncGenerator<ListedObject, void, undefined> {
  const path = `s3://${options.bucket}/${options.prefix}`
  let token: string | undefined
  // One of the tokens before, and later another one: whoever walks in a circle comes by it again (Brent).
  let mark: string | undefined
  for (let pages = 1; ; pages++) {
    const { Contents = [], IsTruncated, NextContinuationToken, EncodingType } = await fetchPage(options, path, token)
    for (const { Key = '', Size = 0, ETag } of Contents) {
      yield { key: EncodingType === 'url' ? decodeKey(Key, path) : Key, size: Size, etag: ETag }
    }
    if (IsTruncated !== true) return
    if (NextContinuationToken === undefined) {
      throw new IngestError('malformed', path, 'the listing says that there is more, but not how to get it.')
    }
    if (NextContinuationToken === token || NextContinuationToken === mark) {
      throw new IngestError('malformed', path, 'the listing leads back to a page that was there: expected an end.')
    }
    if (Number.isInteger(Math.log2(pages))) mark = NextContinuationToken
    token = NextContinuationToken
  }
}

function fetchPage(
  options: ListObjectsOptions,
  path: string,
  token: string | undefined,
): Promise<ListObjectsV2CommandOutput> {
  const { client, bucket, prefix, pageSize, attempts, clock, random, signal } = options
  const command = new ListObjectsV2Command({
    Bucket: bucket,
    Prefix: prefix,
    // XML cannot hold every key.
    EncodingType: 'url',
    ...(pageSize !== undefined && { MaxKeys: pageSize }),
    ...(token !== undefined && { ContinuationToken: token }),
  })
  const fetchOnce = async (): Promise<ListObjectsV2CommandOutput> => {
    const page = await sendCommand((sending) => client.send(command, sending), path, options, signal)
    // What the page of a proxy does not say either. Without objects, all would be taken for deleted.
    if (page.IsTruncated !== undefined) return page
    throw new IngestError('malformed', path, 'expected a page of a listing, got something else.', { retryable: true })
  }
  return retry(fetchOnce, {
    attempts,
    clock,
    random,
    signal,
    budget: createRetryBudget({ retries: attempts - 1 }),
  })
}

/** The SDK leaves keys in the encoding that was asked for. */
function decodeKey(key: string, path: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', '%20'))
  } catch (error) {
    throw new IngestError('malformed', path, `the listing has a key that is no UTF-8: "${key}".`, { cause: error })
  }
}
