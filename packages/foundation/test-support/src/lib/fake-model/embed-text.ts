import { createRandom } from '../create-random.ts'

/** How many places of a vector one word changes. */
const placesPerWord = 8

/** A vector of length 1 that depends on the text only, and is nearer to that of a text with more of the same words. */
export function embedText(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0)
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [text]) {
    const { integer, boolean } = createRandom(word)
    for (let count = 0; count < placesPerWord; count++) {
      const place = integer(0, dimensions - 1)
      vector[place] = (vector[place] ?? 0) + (boolean() ? 1 : -1)
    }
  }
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value ** 2, 0))
  return length === 0 ? vector.fill(dimensions ** -0.5) : vector.map((value) => value / length)
}
