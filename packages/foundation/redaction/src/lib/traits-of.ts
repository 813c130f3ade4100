/** What the secrets of the common list have, as bits. */
export const trait = Object.freeze({
  /** A colon or an equals sign. */
  separator: 1,
  /** Sixteen characters without a space. */
  run: 2,
  /** Two hyphens. */
  dashes: 4,
  /** `Bearer` or `Basic`. */
  scheme: 8,
})

const longestRun = 16
const space = 0x20
const hyphen = 0x2d
const colon = 0x3a
const equalsSign = 0x3d
const upperB = 0x42
const lowerB = 0x62

/**
 * The traits of a text: 0 for most, which are done then. What has none of those that a shape has need not be searched for it.
 *
 * A loop, for a regular expression begins its search for a run anew at each character.
 */
export function traitsOf(text: string): number {
  let traits = 0
  let run = 0
  let previous = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    // Spaces beyond ASCII are taken for part of a run: that only means another look.
    if (code <= space) run = 0
    else if (++run === longestRun) traits |= trait.run
    if (code === colon || code === equalsSign) traits |= trait.separator
    else if (code === hyphen && previous === hyphen) traits |= trait.dashes
    else if ((code === lowerB || code === upperB) && startsScheme(text, index + 1)) traits |= trait.scheme
    previous = code
  }
  return traits
}

function startsScheme(text: string, index: number): boolean {
  return text.startsWith('earer', index) || text.startsWith('asic', index) || text.startsWith('EARER', index)
}
