/** How the form of a text suits what a question asks for. */
export interface AnswerForm {
  /** Whether it has a number where the question asks for one. */
  readonly fits: boolean
  /** A factor above 1 for what looks like the kind of answer that is asked for. */
  readonly bonus: number
}

const asksAmount = /\bhow (?:many|much|long|often|big|large|old|far|high)\b|\bwhen (?:was|did)\b/i
const asksQuantity =
  /\b(?:what|which)(?: is| are| was)?(?: the| its)?(?: \w+)? (?:port|number|size|limit|maximum|minimum|timeout|version|year|percentage)(?=\W*$| (?:do|does|did|is|are|was|has|can|must|should|will|of|for|on|in|to|by|per)\b)/i
const asksDefault = /\bdefaults?\b/i
const asksMeaning = /^\W*(?:what|who)(?:'s| is| are| does)\b(?!.*\bdefault)/i
const asksDoing = /\bhow (?:do|does|can|could|should|would|to|might)\b/i

const number =
  /\p{N}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,6}teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|half|dozen|hundred|thousand|million|once|twice|hourly|daily|weekly|monthly|yearly|unlimited|infinity|none)\b/iu
const meaning =
  /^\W*(?:an? |the )?(?:\S+ ){1,4}(?:is|are|was|means|refers|stands|describes|provides|allows|lets|does)\b/i
const codeSpan = /`[^`]+`/
/** A function from a text to how it suits the question. */
export function createFormJudge(question: string): (text: string) => AnswerForm {
  const wants = {
    number: asksAmount.test(question) || asksQuantity.test(question),
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
