import { describe, expect, it } from 'vitest'
import { readCodeBlocks } from './code-blocks.ts'

describe('readCodeBlocks', () => {
  it('gives language, code, line and heading', () => {
    const markdown = '# Title\n\n## Usage ##\n\n```ts\nconst a = 1\n\nconst b = 2\n```\n\n```sh\nnpm install\n```\n'
    expect(readCodeBlocks(markdown)).toEqual([
      { language: 'ts', code: 'const a = 1\n\nconst b = 2', line: 5, heading: 'Usage' },
      { language: 'sh', code: 'npm install', line: 11, heading: 'Usage' },
    ])
  })

  it('keeps a shorter fence, another fence and a heading that stand inside a block', () => {
    const markdown = '````md\n```ts\n# no heading\n```\n~~~~\n````\n'
    expect(readCodeBlocks(markdown)).toEqual([
      { language: 'md', code: '```ts\n# no heading\n```\n~~~~', line: 1, heading: '' },
    ])
  })

  it('takes off the indentation of a list item', () => {
    expect(readCodeBlocks('- item\n\n  ```ts\n  if (a)\n    b()\n\n  ```\n')).toEqual([
      { language: 'ts', code: 'if (a)\n  b()\n', line: 3, heading: '' },
    ])
  })

  it('reads Windows line ends, and a block that nobody closes', () => {
    expect(readCodeBlocks('# A\r\n```ts\r\na()\r\nb()\r\n')).toEqual([
      { language: 'ts', code: 'a()\nb()\n', line: 2, heading: 'A' },
    ])
  })

  it('does not take inline code for a fence', () => {
    expect(readCodeBlocks('```ts``` and ``` `x` ```\n')).toEqual([])
  })
})
