import { type BulletStyle, bulletText, namedStyles } from './bullet-style.ts'

/** Bullets of signs alone: they are known without being told. */
const signs = /^[^\p{L}\p{N}\s]+(?: [^\p{L}\p{N}\s]+)*(?= |$)/u

/** What stands behind the bullet of a line; `undefined` if the line does not begin with it. */
export function textBehind(line: string, sign: string): string | undefined {
  if (sign === '') return line
  if (!line.startsWith(sign)) return undefined
  if (line.length === sign.length) return ''
  return line[sign.length] === ' ' ? line.slice(sign.length + 1) : undefined
}

/**
 * The style whose first bullet a line begins with; never `none`. Of those that are expected or told the longest, in the
 * order given; they come before all others.
 */
export function styleOfFirst(
  line: string,
  expected: BulletStyle,
  told: readonly BulletStyle[],
): BulletStyle | undefined {
  let longest: BulletStyle | undefined
  for (const style of [expected, ...told]) {
    const isLonger = longest === undefined || bulletText(style, 1).length > bulletText(longest, 1).length
    if (isLonger && beginsWithFirst(line, style)) longest = style
  }
  return longest ?? namedStyles.find((style) => beginsWithFirst(line, style)) ?? signs.exec(line)?.[0]
}

function beginsWithFirst(line: string, style: BulletStyle): boolean {
  return style !== 'none' && textBehind(line, bulletText(style, 1)) !== undefined
}

const enumerated = /^(?:\d+|[a-z]{1,2}|[A-Z]{1,2}|[ivxlcdm]+|[IVXLCDM]+)\.(?: |$)/

/** Whether a line begins with what may be a bullet, be it the first of a list or a later one. */
export function beginsWithBullet(line: string, told: readonly BulletStyle[]): boolean {
  return enumerated.test(line) || signs.test(line) || told.some((sign) => textBehind(line, sign) !== undefined)
}
