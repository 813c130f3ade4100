import { runConformance } from '@empire/test-support'
import iconv from 'iconv-lite'
import { describe, it } from 'vitest'
import { codeParser } from './code-parser.ts'
import { csvParser } from './csv-parser.ts'
import { htmlParser } from './html-parser.ts'
import { jsonParser } from './json-parser.ts'
import { markdownParser } from './markdown-parser.ts'
import { ndjsonParser } from './ndjson-parser.ts'
import { parserCases, type ParserCasesOptions } from './parser-cases.ts'
import { textParser } from './text-parser.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const prose = 'Größe und Gewicht können abweichen.\n\nDie Prüfung erfolgt jährlich – die Kosten trägt der Käufer.\r\n'
const russian = 'Съешь же ещё этих мягких французских булок.\n\nЭто простой текст на русском языке.\n'
const japanese = 'これは日本語の文章です。\n\n文字コードの判定をテストしています。\n'
const binary = { bytes: Uint8Array.of(0x61, 0, 0x62), code: 'binary' }
const pdf = { bytes: utf8('%PDF-1.7 text'), code: 'binary' }

const plain = (encoding: string, text: string, addBOM = false) => ({
  mediaType: 'text/plain',
  bytes: new Uint8Array(iconv.encode(text, encoding, { addBOM })),
  texts: text.split(/\s+/).filter(Boolean),
  verbatim: true,
})

const all: Record<string, ParserCasesOptions> = {
  textParser: {
    parser: textParser(),
    samples: [
      plain('utf-8', prose),
      plain('utf-8', prose, true),
      plain('utf-16le', prose, true),
      plain('utf-16be', prose, true),
      plain('utf-16le', prose),
      plain('utf-32le', prose, true),
      plain('utf-32be', prose),
      plain('windows-1252', prose),
      plain('windows-1251', russian),
      plain('koi8-r', russian),
      plain('shift_jis', japanese),
      plain('euc-jp', japanese),
      plain('gb18030', '这是一个简体中文的文本文件。\n\n用来测试编码检测是否正确。\n'),
      plain('big5', '這是一個繁體中文的文字檔案。\n\n用來測試編碼偵測是否正確。\n'),
      plain('euc-kr', '이것은 한국어 텍스트 파일입니다.\n\n인코딩 감지를 테스트하고 있습니다.\n'),
      { ...plain('macintosh', prose), mediaType: 'text/plain; charset=macintosh' },
    ],
    refused: [binary, pdf],
  },
  markdownParser: {
    parser: markdownParser(),
    samples: [
      { mediaType: 'text/markdown', bytes: utf8(`# Größe\n\n${prose}`), texts: ['# Größe', 'Prüfung'], verbatim: true },
      {
        mediaType: 'text/markdown',
        bytes: new Uint8Array(iconv.encode(`# Größe\n\n${prose}`, 'windows-1252')),
        texts: ['# Größe', 'Prüfung'],
        verbatim: true,
      },
    ],
    refused: [binary, pdf],
  },
  htmlParser: {
    parser: htmlParser(),
    samples: [
      { mediaType: 'text/html', bytes: utf8(`<h1>Größe</h1><p>${prose}</p>`), texts: ['Größe', 'Prüfung'] },
      {
        mediaType: 'text/html',
        bytes: new Uint8Array(iconv.encode(`<meta charset="koi8-r"><p>${russian}</p>`, 'koi8-r')),
        texts: ['Съешь же', 'русском языке'],
      },
    ],
    refused: [binary, pdf],
  },
  csvParser: {
    parser: csvParser(),
    samples: [
      {
        mediaType: 'text/csv',
        bytes: utf8('name,note\r\nAda,"likes\r\n""math"""\r\n\r\nBöb,x\n'),
        texts: ['name: Ada\nnote: likes\r\n"math"', 'name: Böb\nnote: x'],
      },
      {
        mediaType: 'text/tab-separated-values',
        bytes: new Uint8Array(iconv.encode('naïve\tb\né\tü, ö\n', 'utf-16le', { addBOM: true })),
        texts: ['naïve: é\nb: ü, ö'],
      },
    ],
    refused: [binary, { bytes: utf8('a,b\n1,"2'), code: 'malformed' }],
  },
  jsonParser: {
    parser: jsonParser(),
    samples: [
      {
        mediaType: 'application/json',
        bytes: utf8('{"users": [{"name": "Ada", "id": 12345678901234567890}, {"name": "B\\u00f6b\\nx"}], "n": [1, 2]}'),
        texts: ['users[0].name: Ada\nusers[0].id: 12345678901234567890', 'users[1].name: Böb\nx', 'n: 1, 2'],
      },
    ],
    refused: [binary, { bytes: utf8('{"a": tru}'), code: 'malformed' }, { bytes: utf8('[1'), code: 'malformed' }],
  },
  ndjsonParser: {
    parser: ndjsonParser(),
    samples: [
      {
        mediaType: 'application/x-ndjson',
        bytes: utf8('{"name":"Ada"}\n\n{"name":"Böb","at":{"x":[]}}\r\n7\n'),
        texts: ['name: Ada', 'name: Böb\nat.x: []', '7'],
      },
    ],
    refused: [binary, { bytes: utf8('{"a":1}\n{"a"\n'), code: 'malformed' }],
  },
  codeParser: {
    parser: codeParser(),
    samples: [
      {
        mediaType: 'text/x-python',
        bytes: utf8('import os\n\n@cached\ndef größe():\n    return 1\n\nclass A:\n    pass\n'),
        texts: ['import os', '@cached\ndef größe():\n    return 1', 'class A:\n    pass'],
        verbatim: true,
      },
    ],
    refused: [binary, pdf],
  },
}

for (const [title, options] of Object.entries(all)) {
  runConformance(parserCases(options), { describe, it, title })
}
