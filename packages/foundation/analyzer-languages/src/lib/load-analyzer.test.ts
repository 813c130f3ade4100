import { describe, expect, it } from 'vitest'
import { type AnalyzerLanguage, analyzerLanguages, loadAnalyzer } from './load-analyzer.ts'

describe('loadAnalyzer', () => {
  it.each<[AnalyzerLanguage, string, string]>([
    ['german', 'Häuser', 'Haus'],
    ['german', 'VERBINDUNGEN', 'Verbindung'],
    ['french', 'continuellement', 'continuelle'],
    ['spanish', 'canciones', 'canción'],
    ['italian', 'abbandonata', 'abbandonato'],
    ['portuguese', 'quilométricas', 'quilométricos'],
    ['dutch', 'lichamelijk', 'lichamelijke'],
    ['swedish', 'jaktkarlarne', 'jaktkarlens'],
    ['russian', 'важными', 'важный'],
    ['finnish', 'taloissa', 'taloista'],
    ['turkish', 'IŞIK', 'ışık'],
    ['french', "l'hôtel", 'hôtels'],
    ['french', 'L’École', 'école'],
    ['italian', "dell'arte", 'arte'],
    ['dutch', "foto's", 'foto'],
    ['turkish', "Ankara'nın", 'ankara'],
    ['ukrainian', 'мʼята', "м'ята"],
  ])('finds in %s %s by %s', async (language, one, other) => {
    const { term } = await loadAnalyzer(language)
    expect(term(one)).toBe(term(other))
    expect(term(one)).toBeDefined()
  })

  it('knows English as indexes do that name it', async () => {
    const { name, term } = await loadAnalyzer('english')
    expect([name, term('connections'), term('the')]).toEqual(['english', 'connect', undefined])
  })

  it('takes nothing from words that only begin as an article does', async () => {
    const { term, fold } = await loadAnalyzer('french')
    expect(term("aujourd'hui")).toBe("aujourd'hui")
    expect([fold?.("l'avion"), fold?.("l'"), term("qu'il")]).toEqual(['avion', "l'", undefined])
  })

  it('drops the stop words of the language', async () => {
    const { term } = await loadAnalyzer('german')
    expect([term('Der'), term('für'), term('Fuchs')]).toEqual([undefined, undefined, 'fuch'])
  })

  it.each(analyzerLanguages)('has for %s a name, and takes any text', async (language) => {
    const { name, tokens, term, fold } = await loadAnalyzer(language)
    expect(name).toBe(language)
    for (const text of ['', 'a', 'I', '\ud800', 'x'.repeat(10_000), '検索', 'e\u0301', "l'amour", '1.2.3', '\u0000']) {
      for (const token of [text, ...tokens(text)]) {
        expect(typeof (term(token) ?? '')).toBe('string')
        expect(fold?.(token).length).toBeLessThan(200)
      }
    }
  })

  it('refuses a language that it does not know', async () => {
    await expect(loadAnalyzer('klingon' as never)).rejects.toThrow(
      /^"language" must be one of arabic, .*, got "klingon"\.$/,
    )
  })
})
