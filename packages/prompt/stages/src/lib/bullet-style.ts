import { closestName, describeValue } from '@empire/errors'

/** Styles with a name: what they put before the first item is `1.`, `-`, `*`, `a.`, `A.`, `i.`, `I.`, and nothing. */
export type NamedBulletStyle =
  | 'number'
  | 'dash'
  | 'star'
  | 'lower-alpha'
  | 'upper-alpha'
  | 'roman'
  | 'upper-roman'
  | 'none'

/** A style with a name, or any other text that is put before each item as it is: `→`, `[ ]`, `Step:`. */
export type BulletStyle = NamedBulletStyle | (string & {})

/** Names of styles, in the order in which a parser tries them. */
export const namedStyles: readonly NamedBulletStyle[] = [
  'number',
  'dash',
  'star',
  'lower-alpha',
  'upper-alpha',
  'roman',
  'upper-roman',
  'none',
]

/**
 * The style as documents hold it: `-` is `dash`, `*` is `star`.
 *
 * Throws `TypeError` for what is no text on one line, and for a word that is like the name of a style and is none.
 */
export function checkBulletStyle(style: unknown, name: string): BulletStyle {
  if (typeof style !== 'string') throw mismatch(name, describeValue(style))
  if (style === '-') return 'dash'
  if (style === '*') return 'star'
  if (namedStyles.includes(style as NamedBulletStyle)) return style
  if (style === '' || style !== style.trim() || /[\r\n]/.test(style)) throw mismatch(name, describeValue(style))
  const near = closestName(style, namedStyles)
  if (near !== undefined) throw mismatch(name, `${describeValue(style)}. Did you mean "${near}"`, '?')
  if (/^[a-z-]{3,}$/i.test(style) && /[a-z]{3}/i.test(style)) throw mismatch(name, describeValue(style))
  return style
}

function mismatch(name: string, came: string, end = '.'): TypeError {
  const styles = namedStyles.join(', ')
  return new TypeError(
    `Expected "${name}" to be one of ${styles}, or signs for a bullet on one line such as "→", got ${came}${end}`,
  )
}

/** What stands before the item with this number, counted from 1; empty for `none`. */
export function bulletText(style: BulletStyle, index: number): string {
  switch (style) {
    case 'none':
      return ''
    case 'number':
      return `${index}.`
    case 'dash':
      return '-'
    case 'star':
      return '*'
    case 'lower-alpha':
      return `${letters(index)}.`
    case 'upper-alpha':
      return `${letters(index).toUpperCase()}.`
    case 'roman':
      return `${roman(index)}.`
    case 'upper-roman':
      return `${roman(index).toUpperCase()}.`
    default:
      return style
  }
}

/** a … z, aa … zz, aaa …: digits from 1 to 26. */
function letters(index: number): string {
  let text = ''
  for (let rest = index; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(97 + ((rest - 1) % 26)) + text
  }
  return text
}

const numerals: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]

/** Roman numerals end at 3999; beyond, digits. */
function roman(index: number): string {
  if (index > 3999) return String(index)
  let text = ''
  let rest = index
  for (const [value, numeral] of numerals) {
    for (; rest >= value; rest -= value) text += numeral
  }
  return text
}
