import { EmpireError } from '@empire/errors'
import { createJsonlStore, readSteps } from '@empire/record'
import * as z from 'zod'
import { isModelName, type ModelName } from './model-name.ts'
import { recordFiles } from './record-files.ts'
import { UsageError } from './usage-error.ts'

const asked = z.object({
  question: z.string(),
  docs: z.array(z.string()).min(1).optional(),
  index: z.string().min(1).optional(),
  top: z.int().positive(),
  budget: z.int().positive(),
  model: z.custom<ModelName>(isModelName).optional(),
})

/** What a recorded run was asked. */
export type Asked = z.output<typeof asked>

/**
 * What was asked when a record was written.
 *
 * @throws UsageError when the folder holds no record, or a damaged one.
 */
export async function readAsked(folder: string): Promise<Asked> {
  const { run } = recordFiles(folder)
  const store = createJsonlStore({ path: run })
  try {
    for await (const { kind, inputs } of readSteps(store)) {
      const found = kind === 'ask' ? asked.safeParse(inputs) : undefined
      if (found?.success === true) return found.data
    }
  } catch (cause) {
    if (!EmpireError.isInstance(cause)) throw cause
    throw new UsageError(`The record in ${folder} cannot be read: ${cause.message}`, { cause })
  } finally {
    await store.close()
  }
  throw new UsageError(`There is no record to replay in ${folder}.`)
}
