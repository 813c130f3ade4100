import iconv from 'iconv-lite'

/** The bytes that a text takes in an encoding. */
export function byteLength(text: string, encoding = 'utf-8'): number {
  if (encoding === 'utf-8') return Buffer.byteLength(text)
  if (encoding.startsWith('utf-16')) return 2 * text.length
  return iconv.encode(text, encoding).length
}
