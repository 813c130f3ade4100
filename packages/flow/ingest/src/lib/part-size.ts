/**
 * Characters after which a document that may be large goes on in another part. Few: what is alive between parts decides how far V8 lets
 * its space for new objects grow.
 */
export const partSize = 16 * 1024

/** Bytes of records that are read at once: what is written of them takes several times as much. */
export const recordBlock = 8 * 1024
