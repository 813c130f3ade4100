import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../../../..')
const locales = join(dirname(createRequire(import.meta.url).resolve('zod/package.json')), 'v4/locales')

/**
 * Texts by kind that the estimator was not fitted to: what this repository has written since, and the messages of zod.
 */
export function readEstimateTexts(): Record<
  'prose' | 'Markdown' | 'code' | 'JSON' | 'CJK' | 'other languages',
  string
> {
  const markdown = [...readAll('packages/*/*/README.md'), ...readAll('*.md')].join('\n')
  const paragraphs = markdown.replaceAll(/```[^]*?```/g, '').split('\n')
  return {
    prose: paragraphs.filter((line) => /^[A-Z-].{60}/.test(line)).join('\n'),
    Markdown: markdown,
    code: readAll('packages/*/*/src/**/*.ts').join('\n').slice(0, 1_000_000),
    JSON: [...readAll('packages/*/*/package.json'), ...readAll('tooling/**/*.json')].join('\n').slice(0, 300_000),
    CJK: readMessages(['zh-CN', 'zh-TW', 'ja', 'ko']),
    'other languages': readMessages([
      'de',
      'es',
      'fr',
      'it',
      'pl',
      'pt',
      'ru',
      'tr',
      'cs',
      'hu',
      'ar',
      'he',
      'uk',
      'vi',
    ]),
  }
}

function isInstalled({ name }: { name: string }): boolean {
  return name === 'node_modules' || name === 'dist'
}

function readAll(pattern: string): string[] {
  return globSync(pattern, { cwd: root, withFileTypes: true, exclude: isInstalled })
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted()
    .map((file) => readFileSync(file, 'utf8'))
}

/** What stands in quotes. */
function readMessages(names: readonly string[]): string {
  const sources = names.map((name) => readFileSync(join(locales, `${name}.js`), 'utf8'))
  return sources.flatMap((source) => source.match(/(?<=["'`])[^"'`\n]*[^\0-\x7F][^"'`\n]*(?=["'`])/g) ?? []).join('\n')
}

/** A text cut into pieces of one length; what is left over is not among them. */
export function piecesOf(text: string, length: number): string[] {
  return Array.from({ length: Math.floor(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  )
}
