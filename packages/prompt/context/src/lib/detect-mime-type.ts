import { describeValue } from '@empire/errors'

/** What models take and tools hand out. */
const types = new Map<string, string>(
  Object.entries({
    'image/png': 'png',
    'image/jpeg': 'jpg jpeg',
    'image/gif': 'gif',
    'image/webp': 'webp',
    'image/avif': 'avif',
    'image/heic': 'heic',
    'image/heif': 'heif',
    'image/bmp': 'bmp',
    'image/tiff': 'tif tiff',
    'image/svg+xml': 'svg',
    'audio/mpeg': 'mp3',
    'audio/wav': 'wav',
    'audio/ogg': 'ogg opus',
    'audio/flac': 'flac',
    'audio/aac': 'aac',
    'audio/aiff': 'aif aiff',
    'audio/mp4': 'm4a',
    'video/mp4': 'mp4 m4v',
    'video/webm': 'webm',
    'video/quicktime': 'mov',
    'video/mpeg': 'mpg mpeg',
    'video/x-msvideo': 'avi',
    'video/3gpp': '3gp',
    'application/pdf': 'pdf',
    'application/json': 'json',
    'application/xml': 'xml',
    'application/zip': 'zip',
    'application/msword': 'doc',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
    'application/vnd.ms-excel': 'xls',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
    'application/vnd.ms-powerpoint': 'ppt',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
    'text/plain': 'txt text log',
    'text/markdown': 'md markdown',
    'text/html': 'html htm',
    'text/css': 'css',
    'text/csv': 'csv',
    'text/javascript': 'js mjs',
    'text/rtf': 'rtf',
  }).flatMap(([type, extensions]) => extensions.split(' ').map((extension): [string, string] => [extension, type])),
)

/**
 * The media type of a URL, as its extension says, or the head of a `data:` URL; `undefined` where neither says anything.
 *
 * Nothing is fetched. Paths do as well as URLs.
 */
export function detectMimeType(url: string): string | undefined {
  if (typeof url !== 'string') throw new TypeError(`Expected "url" to be a string, got ${describeValue(url)}.`)
  if (/^data:/i.test(url)) {
    const comma = url.indexOf(',')
    const type = comma === -1 ? '' : (url.slice('data:'.length, comma).split(';', 1)[0] ?? '')
    return type.includes('/') ? type.toLowerCase() : undefined
  }
  const path = url.split(/[?#]/, 1)[0] ?? ''
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot === -1 ? undefined : types.get(name.slice(dot + 1).toLowerCase())
}
