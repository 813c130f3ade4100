import type { TemplateSource } from './template-source.ts'

/** The values a template is rendered with, by the name of the variable. */
export type Assigns = Readonly<Record<string, unknown>>

/** What `TemplateEngine.compile` and `variables` may be told beside the source. */
export interface CompileOptions {
  /** What errors call an inline template. Default: nothing. A file is called by its path. */
  name?: string | undefined
}

/**
 * Turns the source of a template into something that renders.
 *
 * Every engine passes `templateEngineCases` of `@empire/template/conformance`.
 */
export interface TemplateEngine {
  /** What messages say to be rendered with it: `liquid`. */
  readonly name: string
  /**
   * Reads a template; a text is its own inline source.
   *
   * Throws `TemplateError` with `template_syntax` if it cannot be read, `template_not_found` if there is no such file
   * or module, `template_outside_root` if the file lies outside the root of the engine, `template_limit_exceeded` if it
   * is too large.
   */
  compile(source: string | TemplateSource, options?: CompileOptions): CompiledTemplate
  /**
   * The variables that a template takes from its assigns, as far as reading it can tell: each path once, in the order
   * of first use, those of the templates that it includes by a fixed name among them.
   *
   * Throws what `compile` throws, for the templates that it includes too.
   */
  variables(source: string | TemplateSource, options?: CompileOptions): readonly TemplateVariable[]
}

/** A template that has been read. It holds no state: it may be kept and rendered any number of times. */
export interface CompiledTemplate {
  /**
   * The text for these values, which are neither changed nor kept. Default: none.
   *
   * Throws `TemplateError` with `template_undefined_variable`, `template_limit_exceeded` or `template_render`, and those
   * of `compile` for the templates it includes.
   */
  render(assigns?: Assigns): string
}

/** A variable that a template takes from its assigns. */
export interface TemplateVariable {
  /** The path as one text: `user.name`, `items[0].title`. */
  readonly name: string
  /** The keys to follow, from the root; it ends before the first key that only rendering can tell. */
  readonly path: readonly (string | number)[]
}
