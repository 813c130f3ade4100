import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createFixtureWorkspace, type FixtureFiles } from '../fixture-workspace.ts'
import type { Matrix } from '../layers.ts'
import { countEdges, type Edges } from './count-edges.ts'
import { type EdgeSnapshot, findDrift, readSnapshot, takeSnapshot, writeSnapshot } from './edge-snapshot.ts'
import { formatMatrix } from './matrix-table.ts'
import { placeRows } from './placed-row.ts'
import { readImports } from './read-imports.ts'

// Reading imports takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const matrix: Matrix = {
  foundation: {
    errors: { runtime: [] },
    bus: { runtime: ['errors'], test: ['clock'], wraps: ['ioredis'] },
    clock: { runtime: ['errors'] },
  },
}

const sources: FixtureFiles = {
  'packages/foundation/errors/src/index.ts': `import '@empire/errors'`,
  'packages/foundation/bus/src/index.ts': `import '@empire/errors'\nimport './lib/a.ts'`,
  'packages/foundation/bus/src/lib/a.ts': `import type { EmpireError } from '@empire/errors'\nimport 'ioredis/built'\nexport type { EmpireError }`,
  'packages/foundation/bus/src/lib/a.test.ts': `import '@empire/errors/conformance'\nimport '@empire/clock'`,
  'packages/foundation/clock/src/index.ts': `import 'node:fs'`,
}

async function readEdges(
  planted: FixtureFiles = {},
  its: Matrix = matrix,
): Promise<{ edges: Edges; snapshot: EdgeSnapshot }> {
  const workspace = createFixtureWorkspace({ ...sources, ...planted })
  onTestFinished(() => workspace.remove())
  const rows = placeRows(its)
  const { imports } = await readImports(workspace.root, [])
  const edges = countEdges(rows, imports)
  return { edges, snapshot: takeSnapshot(rows, edges) }
}

async function driftOf(planted: FixtureFiles, its?: Matrix): Promise<string[]> {
  const { snapshot: reviewed } = await readEdges()
  const { edges, snapshot } = await readEdges(planted, its)
  return findDrift(reviewed, snapshot, edges).slice(0, -1)
}

describe('takeSnapshot', () => {
  it('tells what run-time code imports, what tests do, and what nobody does', async () => {
    const { snapshot } = await readEdges()
    expect(snapshot).toEqual({
      bus: { clock: 'test', errors: 'runtime', ioredis: 'runtime' },
      clock: { errors: 'unused' },
      errors: {},
    })
  })
})

describe('formatMatrix', () => {
  it('shows the imports behind each permission: in run-time code, and in tests', async () => {
    const { edges } = await readEdges()
    expect(formatMatrix(placeRows(matrix), edges).split('\n')).toEqual([
      'floor       package  adapter of  wraps       run time     tests besides',
      'foundation  errors   –           –           –            –',
      'foundation  bus      –           ioredis(1)  errors(2+1)  clock(0+1)',
      'foundation  clock    –           –           errors(0)    –',
    ])
  })
})

describe('findDrift', () => {
  const inFile = 'in tooling/check-deps/edges.json'

  it('finds nothing where only the number of imports has changed', async () => {
    const more = { 'packages/foundation/bus/src/lib/b.ts': `import '@empire/errors'` }
    const { snapshot: reviewed } = await readEdges()
    const { edges, snapshot } = await readEdges(more)
    expect(findDrift(reviewed, snapshot, edges)).toEqual([])
  })

  it.each([
    [
      'a new edge that the row allows',
      { 'packages/foundation/clock/src/lib/a.ts': `import '@empire/errors'` },
      `clock imports errors in run-time code (packages/foundation/clock/src/lib/a.ts); ${inFile} it is "unused".`,
    ],
    [
      'a new edge that the row does not allow',
      { 'packages/foundation/clock/src/lib/a.ts': `import '@empire/bus'` },
      `clock imports bus in run-time code (packages/foundation/clock/src/lib/a.ts); ${inFile} it is not listed.`,
    ],
    [
      'an edge that tests had alone',
      { 'packages/foundation/bus/src/lib/b.ts': `import '@empire/clock'` },
      `bus imports clock in run-time code (packages/foundation/bus/src/lib/b.ts); ${inFile} it is "test".`,
    ],
    [
      'an edge that only tests have left',
      {
        'packages/foundation/bus/src/index.ts': 'export {}',
        'packages/foundation/bus/src/lib/a.ts': `import 'ioredis/built'`,
      },
      `bus imports errors in tests only (packages/foundation/bus/src/lib/a.test.ts); ${inFile} it is "runtime".`,
    ],
    [
      'a library that is imported no more',
      { 'packages/foundation/bus/src/lib/a.ts': 'export {}' },
      `The row of bus allows ioredis, which nothing in it imports; ${inFile} it is "runtime".`,
    ],
  ])('names %s', async (_, planted, sentence) => {
    expect(await driftOf(planted)).toEqual([sentence])
  })

  it('names a permission that is granted and not used', async () => {
    const generous: Matrix = { foundation: { ...matrix['foundation'], errors: { runtime: [], test: ['clock'] } } }
    expect(await driftOf({}, generous)).toEqual([
      `The row of errors allows clock, which nothing in it imports; ${inFile} it is not listed.`,
    ])
  })

  it('names a permission that is gone', async () => {
    const strict: Matrix = { foundation: { ...matrix['foundation'], clock: { runtime: [] } } }
    expect(await driftOf({}, strict)).toEqual([`clock neither imports errors nor may; ${inFile} it is "unused".`])
  })

  it('ends with what to do', async () => {
    const { edges, snapshot } = await readEdges()
    expect(findDrift({}, snapshot, edges).at(-1)).toBe(
      'If this is meant, run "pnpm check:deps --update" and have tooling/check-deps/edges.json reviewed.',
    )
  })
})

describe('writeSnapshot', () => {
  it('writes what readSnapshot reads, one line for each edge', async () => {
    const { snapshot } = await readEdges()
    const workspace = createFixtureWorkspace({ 'tooling/check-deps/edges.json': '{}' })
    onTestFinished(() => workspace.remove())
    writeSnapshot(workspace.root, snapshot)
    expect(readSnapshot(workspace.root)).toEqual(snapshot)
    expect(readFileSync(join(workspace.root, 'tooling/check-deps/edges.json'), 'utf8').split('\n').slice(1, 4)).toEqual(
      ['  "bus": {', '    "clock": "test",', '    "errors": "runtime",'],
    )
  })
})
