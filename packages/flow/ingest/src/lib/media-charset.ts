/** The `charset` among the parameters of a media type. */
export function mediaCharset(mediaType: string): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s;"]{1,40})/i.exec(mediaType)?.[1]
}
