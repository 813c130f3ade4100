/**
 * How much a word tells, by how few of all documents have it: ln(1 + (N − n + ½) / (n + ½)).
 * Above 0 even for a word that every document has, unlike the logarithm without the 1.
 *
 * @param documents How many documents have it.
 * @param size How many there are.
 */
export function inverseDocumentFrequency(documents: number, size: number): number {
  return Math.log(1 + (size - documents + 0.5) / (documents + 0.5))
}
