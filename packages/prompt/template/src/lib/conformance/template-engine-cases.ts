import { describeValue } from '@empire/errors'
import { inclusionCases } from './inclusion-cases.ts'
import { renderingCases } from './rendering-cases.ts'
import { variableCases } from './variable-cases.ts'
import type { ConformanceCase, CreateTemplateEngine, TemplateEngineSamples } from './template-engine-samples.ts'

/**
 * The promises of a `TemplateEngine`, for any test runner:
 * `for (const { name, run } of templateEngineCases(create, samples)) it(name, run)`.
 *
 * `create` makes an engine that takes an undefined variable for an error, with these templates or this root. Throws
 * `TypeError` for a sample that is missing.
 */
export function templateEngineCases(create: CreateTemplateEngine, samples: TemplateEngineSamples): ConformanceCase[] {
  checkSamples(samples)
  return [...renderingCases(create, samples), ...variableCases(create, samples), ...inclusionCases(create, samples)]
}

/** Without it every case would fail on its own, of something else. */
function checkSamples(samples: TemplateEngineSamples): void {
  for (const name of ['variable', 'path', 'loop', 'broken', 'optional'] as const) {
    if (typeof samples?.[name] === 'string') continue
    const came = describeValue(samples?.[name])
    throw new TypeError(`Expected "samples.${name}" to be a template in the language of the engine, got ${came}.`)
  }
  if (typeof samples.include !== 'function') {
    const came = describeValue(samples.include)
    throw new TypeError(`Expected "samples.include" to be a function (path) => template, got ${came}.`)
  }
}
