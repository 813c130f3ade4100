import { defineConfig } from 'vitest/config'
import { examplesPlugin } from './tooling/examples/examples-plugin.ts'
import { propertySeedPlugin } from './tooling/property-seed/property-seed-plugin.ts'

/** Tests that run for minutes stand beside the others as `x.faults.test.ts`, and run with `pnpm test:faults`. */
const long = '**/src/**/*.faults.test.ts'
const faults = process.env['EMPIRE_TEST_FAULTS'] === '1'

// oxlint-disable-next-line import/no-default-export -- vitest asks for one
export default defineConfig({
  plugins: [examplesPlugin(import.meta.dirname), propertySeedPlugin()],
  test: {
    // By default one core is left free, which on two cores makes the tests take twice as long.
    maxWorkers: '100%',
    include: faults
      ? [long]
      : ['**/src/**/*.test.ts', 'tooling/**/*.test.ts', '**/README.md', '{CONTRIBUTING,UPGRADING,architecture}.md'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.*/**', 'docs/**', ...(faults ? [] : [long])],
    ...(faults ? { testTimeout: 600_000 } : {}),
  },
})
