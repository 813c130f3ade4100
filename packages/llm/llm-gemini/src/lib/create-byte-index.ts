/**
 * The place of a byte of a text in UTF-8 as one in UTF-16 units; `undefined` within a character and behind the end. Built
 * at the first question, in one pass.
 */
export function createByteIndex(text: string): (byte: number) => number | undefined {
  let units: Map<number, number> | undefined
  return (byte) => {
    units ??= indexOf(text)
    return units.get(byte)
  }
}

function indexOf(text: string): Map<number, number> {
  const units = new Map<number, number>()
  let byte = 0
  let unit = 0
  for (const character of text) {
    units.set(byte, unit)
    byte += lengthInBytes(character.codePointAt(0) as number)
    unit += character.length
  }
  return units.set(byte, unit)
}

function lengthInBytes(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}
