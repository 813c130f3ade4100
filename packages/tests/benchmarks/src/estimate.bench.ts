import { estimate } from '@empire/tokens'
import { createGptCounter } from '@empire/tokens-gpt'
import { piecesOf, readEstimateTexts } from './estimate-texts.ts'
import type { Table } from './table.ts'

export const description =
  'How far estimates are from the counts of o200k_base, on texts that the estimator was not fitted to'

export async function run({ quick }: { quick: boolean }): Promise<Table[]> {
  const counter = createGptCounter()
  const lengths = quick ? [2000] : [50, 200, 2000, 20_000]
  const kinds = Object.entries(readEstimateTexts())
  const rows = (measure: (text: string) => number, summary: (values: number[]) => number): Table['rows'] =>
    kinds.map(([kind, text]) => [
      kind,
      ...lengths.map((length) => {
        const values = piecesOf(text, length).map(measure)
        return values.length < 3 ? '' : summary(values)
      }),
    ])
  const columns = ['text', ...lengths.map((length) => `${length.toLocaleString('en-US')} characters`)]
  return [
    {
      title: 'Deviation of nine of ten texts at most, %',
      columns,
      rows: rows(
        (text) => Math.abs(estimate(text).tokens / counter.count(text) - 1) * 100,
        (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.9)] as number,
      ),
    },
    {
      title: 'Texts whose count is between `low` and `high`, %',
      columns,
      rows: rows(
        (text) => {
          const { low, high } = estimate(text)
          const tokens = counter.count(text)
          return low <= tokens && tokens <= high ? 100 : 0
        },
        (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
      ),
      notes: ['A field is empty where there are fewer than three texts of that length.'],
    },
  ]
}
