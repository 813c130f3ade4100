import { templateEngineCases } from '@empire/template/conformance'
import { describe, expect, it } from 'vitest'
import { createLiquid } from './create-liquid.ts'

describe('createLiquid, as a template engine', () => {
  const samples = {
    variable: '{{ name }}',
    path: 'Hello\n{{ user.name }} {{ user.age }}',
    loop: '{% for item in items %}{{ item }},{% endfor %}',
    broken: 'one\ntwo\n{% if %}',
  }
  it.each(templateEngineCases(() => createLiquid(), samples))('$name', ({ run }) => expect(run).not.toThrow())
})
