import { describe, expect, it } from 'vitest'
import { renderTable } from './table.ts'

describe('renderTable', () => {
  it('aligns words left and numbers right', () => {
    const table = {
      title: 'Times, ms',
      columns: ['who', 'time'],
      rows: [
        ['ours', 1.5],
        ['a | peer', 12_345.6],
      ],
    }
    expect(renderTable(table)).toBe(
      [
        '### Times, ms',
        '',
        String.raw`| who       |   time |`,
        String.raw`| --------- | -----: |`,
        String.raw`| ours      |    1.5 |`,
        String.raw`| a \| peer | 12,346 |`,
      ].join('\n'),
    )
  })

  it('adds notes, and fills rows that are too short', () => {
    const table = { title: 'T', columns: ['a', 'b'], rows: [['x']], notes: ['Measured twice.'] }
    expect(renderTable(table)).toBe('### T\n\n| a   | b   |\n| --- | --- |\n| x   |     |\n\nMeasured twice.')
  })

  it('can have no rows', () => {
    expect(renderTable({ title: 'T', columns: ['a'], rows: [] })).toBe('### T\n\n| a   |\n| --- |')
  })

  it.each([
    [0, '0'],
    [0.000_123_456, '0.000123'],
    [-1.2345, '-1.23'],
    [99.96, '100'],
    [1234.5, '1,235'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('shows three digits of %s', (value, text) => {
    expect(renderTable({ title: 'T', columns: ['a'], rows: [[value]] })).toContain(`| ${text.padStart(3)} |`)
  })

  it('keeps a bar in a head from breaking the table', () => {
    expect(renderTable({ title: 'T', columns: ['a | b'], rows: [['x']] })).toBe(
      ['### T', '', String.raw`| a \| b |`, '| ------ |', '| x      |'].join('\n'),
    )
  })

  it('keeps a line break in a cell from breaking the table', () => {
    expect(renderTable({ title: 'T', columns: ['a'], rows: [['x\r\n  y']] })).toContain('| x y |')
  })
})
