import type { CallOptions } from '../language-model.ts'

/** How an object is asked for. */
export interface ObjectOptions extends CallOptions {
  /** What the object is called, for the model and in errors. 1 to 64 letters, digits, `_` and `-`. Default: `answer`. */
  readonly name?: string | undefined
  /** How often the model is asked again when its answer does not fit. An integer from 0 upwards. Default: 2. */
  readonly reasks?: number | undefined
  /**
   * `native` has the vendor enforce the form, `prompt` asks for it in words. Default: `native` for models that say they can
   * (`capabilities.structuredOutput`) and schemas of an object, else `prompt`.
   */
  readonly mode?: 'native' | 'prompt' | undefined
}
