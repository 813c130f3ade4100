import { IngestError } from '@empire/ingest'
import { unzipSync, zipSync } from 'fflate'
import { inflatedTooLarge } from './inflated-too-large.ts'

/** What is read of a DOCX file. */
export interface DocxEntries {
  /** Its texts alone, without compression. */
  readonly archive: Buffer
  /** The title in its properties, as XML; empty if there is none. */
  readonly title: string
  /** How many images there are. */
  readonly images: number
}

const compoundFile = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
/** The name of the stream that an encrypted file has, as it is written there. */
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le')
/** The document need not be "word/document.xml": the relations say where it is. */
const wanted = /^(?!customXml\/).*\.(?:xml|rels)$/i
const image = /^word\/media\//
const mostEntries = 10_000

/**
 * The parts of a DOCX file that have text in them. No more is inflated than an entry says of itself, and no more is
 * accepted than `maxInflatedBytes` and `maxNodes` in all: what comes after this has nothing left to inflate.
 */
export function readDocxEntries(
  path: string,
  bytes: Uint8Array,
  { maxInflatedBytes, maxNodes }: { readonly maxInflatedBytes: number; readonly maxNodes: number },
): DocxEntries {
  if (bytes.length === 0) throw new IngestError('empty', path, 'skipped, the file is empty.')
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.subarray(0, 8).equals(compoundFile)) throw compoundFileError(path, buffer)
  let entries = 0
  let inflated = 0
  let images = 0
  let files: Record<string, Uint8Array>
  try {
    files = unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (++entries > mostEntries) throw inflatedTooLarge(path, maxInflatedBytes)
        if (image.test(name)) images++
        if (!wanted.test(name)) return false
        inflated += originalSize
        if (inflated > maxInflatedBytes) throw inflatedTooLarge(path, maxInflatedBytes)
        return true
      },
    })
  } catch (error) {
    if (error instanceof IngestError) throw error
    throw new IngestError('malformed', path, 'not a DOCX file: it is no ZIP archive, or a broken one.', {
      cause: error,
    })
  }
  if (!Object.hasOwn(files, 'word/document.xml') && !Object.hasOwn(files, '_rels/.rels')) {
    throw new IngestError('malformed', path, 'not a DOCX file: there is no word/document.xml in it.')
  }
  const nodes = Object.values(files).reduce((sum, xml) => sum + countNodes(xml), 0)
  if (nodes > maxNodes) {
    const reason = `${nodes} nodes of XML, more than the ${maxNodes} that "maxNodes" allows. Split it.`
    throw new IngestError('too_large', path, reason)
  }
  return { archive: Buffer.from(zipSync(files, { level: 0 })), title: titleOf(files['docProps/core.xml']), images }
}

/** About as many tags and attributes as there are. */
function countNodes(xml: Uint8Array): number {
  let count = 0
  for (const mark of [0x3c, 0x3d]) {
    for (let at = xml.indexOf(mark); at >= 0; at = xml.indexOf(mark, at + 1)) count++
  }
  return count
}

function titleOf(properties: Uint8Array | undefined): string {
  const xml = properties === undefined ? '' : Buffer.from(properties).toString('utf8', 0, 64 * 1024)
  return /<dc:title>([^<]{0,1000})<\/dc:title>/.exec(xml)?.[1] ?? ''
}

function compoundFileError(path: string, bytes: Buffer): IngestError {
  return bytes.includes(encryptedPackage)
    ? new IngestError('encrypted', path, 'is encrypted. Save it without a password.')
    : new IngestError('unsupported_kind', path, 'an old Word file (.doc). Save it as DOCX.', { skipped: false })
}
