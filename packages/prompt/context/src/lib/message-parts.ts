import { type Assigns, checkTemplateSource, type TemplateSource } from '@empire/template'
import { isRecord } from './is-record.ts'
import type { MessageBase } from './message.ts'
import type { MessageOptions } from './message-input.ts'
import { mismatch } from './mismatch.ts'
import { plainCopy } from './plain-copy.ts'

type Parts = Omit<MessageBase, 'id' | 'raw'>

/** The names of what any message may have. */
export const partNames = ['id', 'name', 'tags', 'metadata', 'template', 'engine', 'assigns', 'pinned', 'priority']

/** Frozen copies of what was given with a message, without what was not. */
export function copyParts(raw: string, options: MessageOptions): Parts {
  const { name, tags, metadata, engine, assigns, pinned, priority } = options
  const template = options.template ?? (engine === undefined ? undefined : { inline: raw })
  return {
    ...(name === undefined ? {} : { name: checkText('name', name) }),
    ...(tags === undefined ? {} : { tags: copyTags(tags) }),
    ...(metadata === undefined ? {} : { metadata: copyRecord('metadata', metadata) }),
    ...(template === undefined ? {} : { template: copyTemplate(template, engine) }),
    ...(engine === undefined ? {} : { engine: checkText('engine', engine) }),
    ...(assigns === undefined ? {} : { assigns: copyRecord('assigns', assigns) as Assigns }),
    ...(isTrue('pinned', pinned) ? { pinned: true } : {}),
    ...(priority === undefined ? {} : { priority: checkPriority(priority) }),
  }
}

/** The value, if it is a text that is not empty. */
export function checkText(field: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value
  throw mismatch(field, 'a string that is not empty', value)
}

/** Whether a flag was given and is true. */
export function isTrue(field: string, value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value === true
  throw mismatch(field, 'true or false', value)
}

function copyTags(tags: readonly string[]): readonly string[] {
  if (!Array.isArray(tags)) throw mismatch('tags', 'an array of strings', tags)
  return Object.freeze(Array.from(tags, (tag: unknown, index) => checkText(`tags[${index}]`, tag)))
}

function copyRecord(field: string, value: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw mismatch(field, 'an object', value)
  return plainCopy(value, field) as Readonly<Record<string, unknown>>
}

function copyTemplate(template: unknown, engine: string | undefined): TemplateSource {
  if (!isRecord(template)) throw mismatch('template', '{ inline: text }, { file: path } or { module: name }', template)
  const source = checkTemplateSource(template, 'template')
  if ('module' in source && engine !== undefined && engine !== 'module') {
    throw new TypeError(
      `A template that is a module renders itself: leave out "engine", got ${JSON.stringify(engine)}.`,
    )
  }
  return source
}

function checkPriority(priority: number): number {
  if (Number.isFinite(priority)) return priority === 0 ? 0 : priority
  throw mismatch('priority', 'a finite number', priority)
}
