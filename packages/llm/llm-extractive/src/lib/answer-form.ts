import type { Unit } from './split-units.ts'

const asksNumber =
  /\b(?:how (?:many|much|long|often|big|large|old|fast|far|high)|(?:what|which) (?:\w+ ){0,3}?(?:port|number|size|limit|maximum|minimum|timeout|version|status|code|value|year|date|percentage|count))\b|\bwhen (?:was|is|did|does|will)\b/i
const asksDefault = /\bby default\b|\bdefaults?\b/i
const asksMeaning = /^\W*(?:what|who)(?: is|'s| are| does)\b(?!.*\bdefault)/i
/** Addresses and numbers of issues are no answers. */
const reference = /\]\([^)\s]*\)|https?:\/\/\S+|#\d+/g
const number =
  /\p{N}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|hundred|thousand|unlimited|infinity|none)\b/iu
const defaultValue = /\bdefaults?\b/i
const meaning =
  /^\W*(?:an? |the )?(?:[^\s]+ ){1,4}(?:is|are|was|means|refers|stands|describes|provides|allows|lets|does)\b/i

/** How well the form of a unit suits what a question asks for, as a factor: a number, a default, a definition. */
export function answerForm(question: string): (unit: Unit) => number {
  const wantsNumber = asksNumber.test(question)
  const wantsDefault = asksDefault.test(question)
  const wantsMeaning = asksMeaning.test(question)
  return ({ text: raw }) => {
    const text = raw.replace(reference, ' ')
    return (
      (wantsNumber ? (number.test(text) ? 1.15 : 0.85) : 1) *
      (wantsDefault && defaultValue.test(text) ? 1.15 : 1) *
      (wantsMeaning && meaning.test(text) ? 1.15 : 1)
    )
  }
}
