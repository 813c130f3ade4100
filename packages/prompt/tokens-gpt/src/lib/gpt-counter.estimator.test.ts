import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { createEstimator } from '@empire/tokens'
import { describe, expect, it } from 'vitest'
import { createGptCounter } from './gpt-counter.ts'

const require = createRequire(import.meta.url)
const messages = (locale: string): string =>
  Object.values<string>(require(`typescript/lib/${locale}/diagnosticMessages.generated.json`)).join('\n')

const estimator = createEstimator()
const counter = createGptCounter()

describe('createEstimator of @empire/tokens', () => {
  it.each([
    ['code', readFileSync(require.resolve('typescript'), 'utf8').slice(1_000_000, 1_100_000)],
    [
      'declarations and their prose',
      readFileSync(require.resolve('typescript/lib/lib.dom.d.ts'), 'utf8').slice(0, 100_000),
    ],
    ['Chinese', messages('zh-cn')],
    ['Japanese', messages('ja')],
    ['Korean', messages('ko')],
    ['JSON', JSON.stringify(require('typescript/lib/ja/diagnosticMessages.generated.json'))],
    ['Spanish', messages('es')],
  ])('is within its bound of the true count of %s', (_, text) => {
    expect(Math.abs(estimator.count(text) / counter.count(text) - 1)).toBeLessThan(0.15)
  })
})
