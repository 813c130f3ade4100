import type { KnipConfig } from 'knip'
import { readCodeBlocks } from './tooling/examples/code-blocks.ts'

// What only an example imports is used too.
const exampleImports = (markdown: string): string =>
  readCodeBlocks(markdown)
    .filter(({ language }) => language === 'ts')
    .flatMap(({ code }) => code.match(/^import [^;]*? from '[^']+'|^import '[^']+'/gm) ?? [])
    .map((statement) => statement.replace(/^import .*? from/s, 'import'))
    .join('\n')

const library = { entry: ['README.md', 'src/**/*.test-d.ts'], project: ['src/**/*.ts'] }

const config: KnipConfig = {
  compilers: { md: exampleImports },
  ignoreExportsUsedInFile: { interface: true, type: true },
  ignoreBinaries: ['mkfifo'],
  workspaces: {
    '.': { entry: ['tooling/*.ts', '*.md'], project: ['tooling/**/*.ts', '*.md'] },
    'packages/*/*': library,
    // It reads the data files of that package by a path made at run time.
    'packages/prompt/tokens-gpt': { ...library, ignoreDependencies: ['gpt-tokenizer'] },
    // They run its command, by path.
    'packages/tests/integration-tests': {
      entry: ['src/**/*-worker.ts'],
      project: ['src/**/*.ts'],
      ignoreDependencies: ['@empire/rag'],
    },
    'packages/tests/benchmarks': {
      entry: ['src/*.bench.ts', 'src/*-server.ts', 'src/*-client.ts', 'src/*-volume.ts', 'src/run-bench.ts'],
      project: ['src/**/*.ts'],
    },
  },
}

// oxlint-disable-next-line import/no-default-export -- knip asks for one
export default config
