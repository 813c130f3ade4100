import { executorCases } from '@empire/pipeline/conformance'
import { runConformance } from '@empire/test-support'
import { service } from '@empire/test-support/services'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, it, vi } from 'vitest'
import { deploy } from './deploy.ts'

// Each case launches DBOS, which takes its time on a machine that has other things to do.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const postgres = service('postgres')

describe.skipIf(!postgres.available)('deploy', () => {
  const { namespace: schema } = postgres
  let pool: Pool
  beforeAll(async () => {
    pool = new Pool({ connectionString: postgres.url, max: 1 })
    await postgres.setUp(pool)
  })
  afterAll(async () => {
    await postgres.tearDown()
    await pool.end()
  })
  const options = () => ({ databaseUrl: postgres.url, schema, pollInterval: 10 })

  const empty = () =>
    pool.query(
      `TRUNCATE ${['pipeline_runs', 'pipeline_entries', 'workflow_status', 'workflow_input', 'workflow_output'].map((table) => `${schema}.${table}`).join()} CASCADE`,
    )

  runConformance(
    executorCases({
      create: () => ({
        open: (pipelines) => deploy(pipelines, options()),
        dispose: async () => void (await empty()),
      }),
      durable: true,
      events: false,
    }),
    { it, describe },
  )
})
