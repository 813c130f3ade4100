import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { examplesPlugin } from './tooling/examples/examples-plugin.ts'
import { propertySeedPlugin } from './tooling/property-seed/property-seed-plugin.ts'

const together = 'packages/{prompt,llm}/*'

/** Tests that run for minutes stand beside the others as `x.faults.test.ts`, and run with `pnpm test:faults`. */
const long = '**/src/**/*.faults.test.ts'
const faults = process.env['EMPIRE_TEST_FAULTS'] === '1'

const include = faults ? [long] : ['**/src/**/*.test.ts', '**/README.md']
const documents = faults ? [] : ['tooling/**/*.test.ts', '{CONTRIBUTING,UPGRADING,architecture}.md']
const exclude = ['**/node_modules/**', '**/dist/**', '**/.*/**', 'docs/**', ...(faults ? [] : [long])]

/** Most of what files cost is what they import. Those of functions alone share it: nothing in them depends on what ran before. */
const projects = [
  {
    extends: true,
    test: { name: 'together', isolate: faults, include: include.map((glob) => `${together}/${glob}`) },
  },
  {
    extends: true,
    test: { name: 'alone', include: [...include, ...documents], exclude: [...exclude, `${together}/**`] },
  },
]

// oxlint-disable-next-line import/no-default-export -- vitest asks for one
export default defineConfig({
  plugins: [examplesPlugin(import.meta.dirname), propertySeedPlugin()],
  test: {
    // Some tests wait for other processes: one worker more than cores makes up for it.
    maxWorkers: availableParallelism() + 1,
    exclude,
    ...(faults ? { testTimeout: 600_000 } : {}),
    ...(process.cwd() === import.meta.dirname ? { projects } : { include: [...include, ...documents] }),
  },
})
