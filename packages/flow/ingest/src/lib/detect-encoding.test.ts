import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { detectEncoding, detectWide, knownEncoding } from './detect-encoding.ts'

const russian = 'Все права защищены. Это простой текст на русском языке.'
const japanese = 'これは日本語の文章です。文字コードの判定をテストしています。'

describe('detectEncoding', () => {
  it.each([
    ['windows-1252', 'Größe und Gewicht können je nach Ausführung abweichen.'],
    ['windows-1252', 'It’s a “simple” test — really, it costs €5.'],
    ['windows-1250', 'Zażółć gęślą jaźń. Wszystkie dzieci śpią, a dziś świeci słońce.'],
    ['windows-1251', russian],
    ['koi8-r', russian],
    ['shift_jis', japanese],
    ['euc-jp', japanese],
    ['gbk', '这是一个简体中文的文本文件，用来测试编码检测是否正确。'],
    ['big5', '這是一個繁體中文的文字檔案，用來測試編碼偵測是否正確。'],
    ['euc-kr', '이것은 한국어 텍스트 파일입니다. 인코딩 감지를 테스트하고 있습니다.'],
    ['windows-1256', 'هذا ملف نصي باللغة العربية لاختبار ترميز الأحرف. مرحبا بالعالم'],
  ])('reads %s as it was written', (encoding, text) => {
    const bytes = iconv.encode(text, encoding)
    const guess = detectEncoding(bytes, undefined)
    expect(iconv.decode(bytes, guess.encoding)).toBe(text)
    expect(guess.confidence).toBeGreaterThan(0)
  })

  it('takes the commonest, without confidence, for what is too short to tell', () => {
    expect(detectEncoding(Buffer.from('Größe', 'latin1'), undefined)).toEqual({
      encoding: 'windows-1252',
      confidence: 0,
    })
  })

  it('is sure of valid UTF-8, and rather sure where little of it is broken', () => {
    expect(detectEncoding(Buffer.from('é'), 'windows-1252')).toEqual({ encoding: 'utf-8' })
    const broken = Buffer.concat([Buffer.from('éèêëàâùûôî'), Buffer.of(0xff)])
    expect(detectEncoding(broken, undefined)).toEqual({ encoding: 'utf-8', confidence: 10 / 11 })
  })
})

describe('detectWide', () => {
  it.each(['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])('tells %s by its zero bytes', (encoding) => {
    expect(detectWide(iconv.encode('Text with a few ümlauts', encoding))).toBe(encoding)
  })

  it.each(['', 'text', 'a\0', '\0\0\0\0\0\0\0\0'])('leaves %j alone', (text) => {
    expect(detectWide(Buffer.from(text))).toBeUndefined()
  })
})

describe('knownEncoding', () => {
  it.each([
    ['UTF8', 'utf-8'],
    ['latin1', 'windows-1252'],
    [' GB2312 ', 'gb18030'],
    ['utf-16', 'utf-16le'],
    ['no-such', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('knows %j as %j', (label, name) => {
    expect(knownEncoding(label)).toBe(name)
  })
})
