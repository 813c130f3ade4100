/**
 * A plugin for vitest that gives the property tests one seed, so that a red run tells of a change and not of chance:
 * 1, or what `EMPIRE_TEST_SEED` says.
 *
 * The long forms are left to chance: they are there to find what nobody thought of.
 */
export function propertySeedPlugin(): {
  name: string
  enforce: 'pre'
  transform(code: string, id: string): string | undefined
} {
  return {
    name: 'property-seed',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.test.ts') || id.endsWith('.faults.test.ts')) return undefined
      if (!code.includes("from 'fast-check'")) return undefined
      // On the first line, so that the lines of a failure are those of the file. The seed is read when the test runs:
      // what is transformed is kept for later runs.
      return `import { configureGlobal as seedProperties } from 'fast-check';seedProperties({ seed: Number(process.env.EMPIRE_TEST_SEED ?? 1) });${code}`
    },
  }
}
