import { formatPath, TemplateError, type TemplateVariable } from '@empire/template'
import { codeNames, type IncludedName } from './code-names.ts'
import type { EtaTag, EtaTemplate } from './eta-template.ts'

/** The template at a path; told the includer and the tag in it. */
export type LoadPartial = (path: string, includer: EtaTemplate, tag: EtaTag) => EtaTemplate

/** How deeply templates may include each other. */
const deepest = 100

/** The variables that a template takes from `it`, those of the templates that it includes among them. */
export function freeVariables(whole: EtaTemplate, load: LoadPartial): readonly TemplateVariable[] {
  const found = new Map<string, TemplateVariable>()
  const visited = new Set<string>()

  function visit(template: EtaTemplate, given: readonly string[], depth: number): void {
    if (depth > deepest) {
      throw new TemplateError('template_limit_exceeded', 'The templates include each other too deeply.', {
        details: { limit: 'depth' },
      })
    }
    for (const tag of template.tags) {
      const names = codeNames(tag.code)
      for (const name of names) if (name.type === 'path') read(name.path, given)
      // Behind those of the tag itself, which are evaluated first.
      for (const name of names) if (name.type === 'include') include(name, template, tag, given, depth)
    }
  }

  function include(
    name: IncludedName,
    includer: EtaTemplate,
    tag: EtaTag,
    outer: readonly string[],
    depth: number,
  ): void {
    const given = [...new Set([...outer, ...name.given])]
    const key = JSON.stringify([name.template, given])
    if (visited.has(key)) return
    visited.add(key)
    visit(load(name.template, includer, tag), given, depth + 1)
  }

  function read(path: readonly (string | number)[], given: readonly string[]): void {
    if (given.includes(String(path[0]))) return
    const name = formatPath(path)
    if (!found.has(name)) found.set(name, Object.freeze({ name, path: Object.freeze([...path]) }))
  }

  visit(whole, [], 0)
  return Object.freeze([...found.values()])
}
