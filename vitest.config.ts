import { defineConfig } from 'vitest/config'
import { examplesPlugin } from './tooling/examples/examples-plugin.ts'

// oxlint-disable-next-line import/no-default-export -- vitest asks for one
export default defineConfig({
  plugins: [examplesPlugin(import.meta.dirname)],
  test: {
    include: [
      '**/src/**/*.test.ts',
      'tooling/**/*.test.ts',
      '**/README.md',
      '{CONTRIBUTING,UPGRADING,architecture}.md',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.*/**', 'docs/**'],
  },
})
