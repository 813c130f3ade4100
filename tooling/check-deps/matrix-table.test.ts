import { expect, it } from 'vitest'
import { formatMatrix } from './matrix-table.ts'
import { placeRows } from './placed-row.ts'

it('formatMatrix aligns one line for each row', () => {
  const rows = placeRows({
    foundation: { errors: { runtime: [], test: ['test-support'] } },
    schema: {},
    prompt: { liquid: { runtime: ['errors', 'template'], adapterOf: 'template', wraps: ['liquidjs'] } },
  })
  expect(formatMatrix(rows).split('\n')).toEqual([
    'floor       package  adapter of  wraps     run time         tests besides',
    'foundation  errors   –           –         –                test-support',
    'prompt      liquid   template    liquidjs  errors template  –',
  ])
})
