import { readdirSync } from 'node:fs'
import type { Table } from './table.ts'

/** What every `src/<name>.bench.ts` exports. */
export interface BenchFile {
  /** One sentence: what is compared. */
  description: string
  run(options: { data?: string | undefined; quick: boolean }): Promise<Table[]>
}

export function benchNames(): string[] {
  const files = readdirSync(import.meta.dirname)
  return files.flatMap((file) => /^(.+)\.bench\.ts$/.exec(file)?.[1] ?? []).toSorted()
}

export async function loadBench(name: string): Promise<BenchFile> {
  return (await import(`./${name}.bench.ts`)) as BenchFile
}
