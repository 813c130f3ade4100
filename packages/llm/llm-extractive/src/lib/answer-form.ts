/** How the form of a text suits what a question asks for. */
export interface AnswerForm {
  /** Whether it has a number where the question asks for one. */
  readonly fits: boolean
  /** A factor above 1 for what looks like the kind of answer that is asked for. */
  readonly bonus: number
}

const asksNumber =
  /\b(?:how (?:many|much|long|often|big|large|old|fast|far|high)|(?:what|which) (?:\w+ ){0,3}?(?:port|number|size|limit|maximum|minimum|timeout|version|status|year|percentage|count)|when (?:was|is|did|does|will))\b/i
const asksDefault = /\bdefaults?\b/i
const asksMeaning = /^\W*(?:what|who)(?:'s| is| are| does)\b(?!.*\bdefault)/i
const asksDoing = /\bhow (?:do|does|can|could|should|would|to|might)\b/i

const number =
  /\p{N}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|hundred|thousand|unlimited|infinity|none)\b/iu
const meaning =
  /^\W*(?:an? |the )?(?:\S+ ){1,4}(?:is|are|was|means|refers|stands|describes|provides|allows|lets|does)\b/i
const codeSpan = /`[^`]+`/
/** A function from a text to how it suits the question. */
export function createFormJudge(question: string): (text: string) => AnswerForm {
  const wants = {
    number: asksNumber.test(question),
    default: asksDefault.test(question),
    meaning: asksMeaning.test(question),
    doing: asksDoing.test(question),
  }
  return (text) => {
    const hasNumber = number.test(text)
    const bonuses = [
      wants.number && hasNumber,
      wants.default && asksDefault.test(text),
      wants.meaning && meaning.test(text),
      wants.doing && codeSpan.test(text),
    ]
    return { fits: !wants.number || hasNumber, bonus: 1.15 ** bonuses.filter(Boolean).length }
  }
}
