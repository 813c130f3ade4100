import { inclusionCases } from './inclusion-cases.ts'
import { renderingCases } from './rendering-cases.ts'
import { variableCases } from './variable-cases.ts'
import type { ConformanceCase, CreateTemplateEngine, TemplateEngineSamples } from './template-engine-samples.ts'

/**
 * The promises of a `TemplateEngine`, for any test runner:
 * `for (const { name, run } of templateEngineCases(create, samples)) it(name, run)`.
 *
 * `create` makes an engine that takes an undefined variable for an error, with these templates or this root.
 */
export function templateEngineCases(create: CreateTemplateEngine, samples: TemplateEngineSamples): ConformanceCase[] {
  return [...renderingCases(create, samples), ...variableCases(create, samples), ...inclusionCases(create, samples)]
}
