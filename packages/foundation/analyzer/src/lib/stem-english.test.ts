import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stemEnglish } from './stem-english.ts'

/** `word stem, word stem, …` */
function readPairs(text: string): string[][] {
  return text.split(',').map((pair) => pair.trim().split(' '))
}

describe('stemEnglish', () => {
  it.each([
    [
      'stems the sample vocabulary that Snowball publishes',
      `
      consign consign, consigned consign, consigning consign, consignment consign, consist consist, consisted consist,
      consistency consist, consistent consist, consistently consist, consisting consist, consists consist, consolation consol,
      consolations consol, consolatory consolatori, console consol, consoled consol, consoles consol, consolidate consolid,
      consolidated consolid, consolidating consolid, consoling consol, consolingly consol, consols consol, consonant conson,
      consort consort, consorted consort, consorting consort, conspicuous conspicu, conspicuously conspicu, conspiracy conspiraci,
      conspirator conspir, conspirators conspir, conspire conspir, conspired conspir, conspiring conspir, constable constabl,
      constables constabl, constance constanc, constancy constanc, constant constant, knack knack, knackeries knackeri,
      knacks knack, knag knag, knave knave, knaves knave, knavish knavish, kneaded knead,
      kneading knead, knee knee, kneel kneel, kneeled kneel, kneeling kneel, kneels kneel,
      knees knee, knell knell, knelt knelt, knew knew, knick knick, knif knif,
      knife knife, knight knight, knightly knight, knights knight, knit knit, knits knit,
      knitted knit, knitting knit, knives knive, knob knob, knobs knob, knock knock,
      knocked knock, knocker knocker, knockers knocker, knocking knock, knocks knock, knopp knopp,
      knot knot, knots knot
      `,
    ],
    [
      'takes plurals off',
      `
      caresses caress, ponies poni, cries cri, ties tie, gas gas, gaps gap,
      this this, kiwis kiwi, bus bus, kiss kiss
      `,
    ],
    [
      'takes possessives off',
      `
      children's children, users' user, 'twas twas, o'neill's o'neil
      `,
    ],
    [
      'takes inflections off',
      `
      feed feed, agreed agre, agreedly agre, bled bled, sing sing, luxuriated luxuri,
      hopped hop, hopping hop, hoped hope, hoping hope, troubled troubl, sized size,
      hissing hiss, fizzed fizz, failing fail, filing file, add add, added add,
      egging egg
      `,
    ],
    [
      'replaces a final y',
      `
      happy happi, cry cri, by by, say say, sky sky, flying fli,
      enjoyed enjoy, youth youth, boyish boyish
      `,
    ],
    [
      'shortens derivations',
      `
      conditional condit, relational relat, rational ration, valency valenc, hesitancy hesit, conformably conform,
      radically radic, differently differ, digitizer digit, formalization formal, operator oper, feudalism feudal,
      formality formal, decisiveness decis, hopefulness hope, callousness callous, sensitivity sensit, sensibility sensibl,
      geology geolog, geologist geolog, fearlessly fearless, quickly quick, vilely vile
      `,
    ],
    [
      'shortens what derivations leave',
      `
      triplicate triplic, formative format, formalize formal, electrical electr, hopeful hope, goodness good
      `,
    ],
    [
      'takes residual suffixes off',
      `
      revival reviv, allowance allow, inference infer, airliner airlin, adjustable adjust, defensible defens,
      irritant irrit, replacement replac, adjustment adjust, dependent depend, adoption adopt, homologous homolog,
      communism communism, activate activ, effective effect
      `,
    ],
    [
      'takes a final e or l off',
      `
      probate probat, rate rate, cease ceas, controlling control, roll roll
      `,
    ],
    [
      'knows the exceptions',
      `
      skis ski, skies sky, dying die, lying lie, tying tie, idly idl,
      gently gentl, ugly ugli, early earli, only onli, singly singl, sky sky,
      news news, howe howe, atlas atlas, cosmos cosmos, bias bias, andes andes,
      inning inning, innings inning, outing outing, canning canning, herring herring, earring earring,
      evening evening, proceed proceed, exceed exceed, succeed succeed, succeeding succeed, pasted paste
      `,
    ],
    [
      'keeps words apart that share a beginning',
      `
      generate generat, generous generous, communication communic, arsenal arsenal, emergency emergenc, interest interest,
      international internat, lateral lateral, organization organiz, past past, university universiti
      `,
    ],
  ])('%s', (_, pairs) => {
    const read = readPairs(pairs)
    expect(read.map(([word]) => [word, stemEnglish(word ?? '')])).toEqual(read)
  })

  it.each(['', 'a', 'be', '1.2.3', 'c++', '日本', '\ud800'])('leaves %j as it is', (word) => {
    expect(stemEnglish(word)).toBe(word)
  })

  it('does not lengthen a word by more than a letter', () => {
    const word = fc.string({ unit: fc.constantFrom(..."aeiouybcdglnrstz'"), maxLength: 16 })
    fc.assert(
      fc.property(word, (text) => {
        expect(stemEnglish(text).length).toBeLessThanOrEqual(text.length + 1)
      }),
    )
  })

  it('takes a word of a million letters', () => {
    expect(stemEnglish(`${'yy'.repeat(500_000)}ing`)).toHaveLength(1_000_000)
  })
})
