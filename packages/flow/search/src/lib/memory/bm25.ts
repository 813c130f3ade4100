/** k1: how soon more of the same word stops counting. Textbooks give 1.2 to 2. */
export const saturation = 1.5

/** b: how much a long text is held against it, from 0 to 1. */
export const lengthPenalty = 0.75

/**
 * How much a term tells, by how few of the documents have it: ln(1 + (N − n + ½) / (n + ½)).
 * Above 0 even for a term that every document has, unlike the logarithm without the 1.
 */
export function inverseDocumentFrequency(documents: number, size: number): number {
  return Math.log(1 + (size - documents + 0.5) / (documents + 0.5))
}
