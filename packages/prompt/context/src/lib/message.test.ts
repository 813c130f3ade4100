import { describe, expect, it } from 'vitest'
import { createMessage, createMessageFrom, type MessageInput, type MessageOptions } from './message.ts'

describe('createMessage', () => {
  it('has what was given and nothing else', () => {
    expect(createMessage('user', 'Hi')).toStrictEqual({ role: 'user', raw: 'Hi' })
    const options = {
      id: 'm1',
      name: 'Ada',
      tags: ['greeting'],
      metadata: { source: 'chat' },
      template: { inline: 'Hi {{ name }}' },
      engine: 'liquid',
      assigns: { name: 'Bob' },
    }
    expect(createMessage('user', 'Hi', options)).toStrictEqual({ role: 'user', raw: 'Hi', ...options })
    expect(createMessage('user', 'Hi', { id: undefined, tags: undefined })).toStrictEqual({ role: 'user', raw: 'Hi' })
  })

  it('is frozen, and does not change with what it was made from', () => {
    const options = {
      tags: ['a'],
      metadata: { list: [1] },
      template: { inline: 'a' },
      assigns: { user: { name: 'Ada' } },
    }
    const message = createMessage('user', 'Hi', options)
    options.tags.push('b')
    options.metadata.list.push(2)
    options.template.inline = 'b'
    options.assigns.user.name = 'Bob'
    expect(message).toMatchObject({
      tags: ['a'],
      metadata: { list: [1] },
      template: { inline: 'a' },
      assigns: { user: { name: 'Ada' } },
    })
    const parts = [message, message.tags, message.metadata?.['list'], message.template, message.assigns?.['user']]
    expect(parts.every((part) => Object.isFrozen(part))).toBe(true)
  })

  it.each([
    ['admin', 'a string ("admin")'],
    ['', 'a string ("")'],
    ['User', 'a string ("User")'],
    [undefined, 'undefined'],
    [3, 'a number (3)'],
    ['__proto__', 'a string ("__proto__")'],
  ])('refuses %j as a role with an example', (role, came) => {
    expect(() => createMessage(role as 'user', 'Hi')).toThrow(
      expect.objectContaining({
        name: 'InvalidRoleError',
        code: 'invalid_role',
        message: `Expected "role" to be "system", "user" or "assistant", got ${came}. For example: context.add({ role: "user", raw: "Hello" }).`,
      }),
    )
  })

  it.each<[object, string]>([
    [{ raw: undefined }, 'Expected "raw" to be a string, got undefined.'],
    [{ id: '' }, 'Expected "id" to be a string that is not empty, got a string ("").'],
    [{ name: 3 }, 'Expected "name" to be a string that is not empty, got a number (3).'],
    [{ tags: 'summary' }, 'Expected "tags" to be an array of strings, got a string ("summary").'],
    [{ tags: ['a', null] }, 'Expected "tags" to be a string that is not empty, got null.'],
    [{ metadata: [] }, 'Expected "metadata" to be an object, got an empty array.'],
    [{ assigns: { when: new Date(0) } }, 'Expected "assigns.when" to be plain JSON data, got a date.'],
    [{ template: 'Hi' }, 'Expected "template" to be { inline: text } or { file: path }, got a string ("Hi").'],
    [{ template: { inline: 3 } }, 'Expected "template" to be { inline: text } or { file: path }, got an object.'],
    [{ engine: '' }, 'Expected "engine" to be a string that is not empty, got a string ("").'],
    [
      { content: 'Hi' },
      'Unknown property "content" of "message". Known: role, raw, id, name, tags, metadata, template, engine, assigns.',
    ],
  ])('refuses %j', (part, problem) => {
    expect(() => createMessageFrom({ role: 'user', raw: 'Hi', ...part })).toThrow(new TypeError(problem))
  })

  it('refuses what is no object', () => {
    expect(() => createMessageFrom('Hi' as unknown as MessageInput)).toThrow(
      'Expected "message" to be an object such as { role: "user", raw: "Hello" }, got a string ("Hi").',
    )
    expect(() => createMessage('user', 'Hi', [] as MessageOptions)).toThrow(
      'Expected "options" to be an object, got an empty array.',
    )
  })
})
