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

/** The style whose first bullet a line begins with, the expected one before all others; never `none`. */
export function styleOfFirst(
  line: string,
  expected: BulletStyle,
  told: readonly BulletStyle[],
): BulletStyle | undefined {
  for (const style of [expected, ...told, ...namedStyles]) {
    if (style !== 'none' && textBehind(line, bulletText(style, 1)) !== undefined) return style
  }
  return signs.exec(line)?.[0]
}

const enumerated = /^(?:\d+|[a-z]{1,2}|[A-Z]{1,2}|[ivxlcdm]+|[IVXLCDM]+)\.(?: |$)/

/** Whether a line begins with what may be a bullet, be it the first of a list or a later one. */
export function beginsWithBullet(line: string, told: readonly BulletStyle[]): boolean {
  return enumerated.test(line) || signs.test(line) || told.some((sign) => textBehind(line, sign) !== undefined)
}
