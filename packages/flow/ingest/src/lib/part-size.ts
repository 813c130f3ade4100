/** Characters after which a document that may be large goes on in another part. */
export const partSize = 128 * 1024
