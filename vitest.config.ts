import { defineConfig } from 'vitest/config'

// oxlint-disable-next-line import/no-default-export -- vitest asks for one
export default defineConfig({
  test: { include: ['**/src/**/*.test.ts', 'tooling/**/*.test.ts'], exclude: ['**/node_modules/**', '**/dist/**'] },
})
