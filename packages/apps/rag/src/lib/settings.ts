import {
  createConfig,
  defineSection,
  environmentSource,
  fileSource,
  InvalidConfigError,
  type SectionValues,
  valuesSource,
} from '@empire/config'
import * as z from 'zod'
import { defaultModel, isModelName, modelForms, type ModelName } from './model-name.ts'
import { UsageError } from './usage-error.ts'

const count = z.int().positive()

/** What `rag` asks of `empire.config`, under the name `rag`. */
const section = defineSection(
  'rag',
  z
    .strictObject({
      docs: z.array(z.string().min(1)).min(1).optional(),
      index: z.string().min(1).optional(),
      top: count.default(8),
      budget: count.default(4000),
      model: z.custom<ModelName>(isModelName, `expected one of ${modelForms}`).default(defaultModel),
    })
    .prefault({}),
)

/** How to answer, from all sources together. */
export type Settings = SectionValues<[typeof section]>['rag']

/** What wins over all sources. */
export type Overrides = { readonly [Name in keyof Settings]?: Settings[Name] | undefined }

/**
 * Defaults, then the file `empire.config`, then the environment (`EMPIRE_CONFIG_RAG__TOP`), then what the command line
 * says; later ones win.
 *
 * @throws UsageError with every problem, where it is, and what was expected.
 */
export async function loadSettings(overrides: Overrides, signal?: AbortSignal): Promise<Settings> {
  try {
    const config = await createConfig({
      sections: [section],
      sources: [
        fileSource('empire.config', { optional: true }),
        environmentSource('EMPIRE_CONFIG_'),
        valuesSource('command line', { rag: overrides }),
      ],
      signal,
    })
    await config.close()
    return config.get().rag
  } catch (error) {
    if (error instanceof InvalidConfigError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}
