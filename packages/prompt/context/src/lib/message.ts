import { describeValue } from '@empire/errors'
import { type Assigns, checkTemplateSource, type TemplateSource } from '@empire/template'
import { InvalidRoleError } from './invalid-role-error.ts'
import { checkKnownKeys } from './known-keys.ts'
import { plainCopy } from './plain-copy.ts'

/** Who speaks. */
export type Role = 'system' | 'user' | 'assistant'

/** One message of a context: plain data, deeply frozen. */
export interface Message {
  /** Who speaks. */
  readonly role: Role
  /** The text as it was given. Rendered as it is, unless there is an engine. */
  readonly raw: string
  /** A name that the caller gave to this message. Its meaning is the caller's. */
  readonly id?: string
  /** Who speaks, among several of one role. Costs tokens. */
  readonly name?: string
  /** Words to find messages by: `summary`. */
  readonly tags?: readonly string[]
  /** What the caller wants to keep with the message. Not rendered. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** What is rendered in place of `raw`. */
  readonly template?: TemplateSource
  /** The name of the engine that renders `template`, or else `raw`. */
  readonly engine?: string
  /** Values for the template. Those of a call of `render` win over them. */
  readonly assigns?: Assigns
}

/** What can be given with the text of a message. The context keeps frozen copies. */
export interface MessageOptions {
  /** A name for this message. Default: none. */
  id?: string | undefined
  /** Who speaks, among several of one role. Default: none. */
  name?: string | undefined
  /** Words to find messages by. Default: none. */
  tags?: readonly string[] | undefined
  /** Plain JSON data to keep with the message. Default: none. */
  metadata?: Readonly<Record<string, unknown>> | undefined
  /** What to render in place of the text. Default: the text, if there is an engine. */
  template?: TemplateSource | undefined
  /** The name of the engine. Default: the text is not a template. */
  engine?: string | undefined
  /** Plain JSON data for the template. Default: none. */
  assigns?: Assigns | undefined
}

/** A message to add; a `Message` is one too. */
export interface MessageInput extends MessageOptions {
  /** Who speaks. */
  role: Role
  /** The text. */
  raw: string
}

const optionNames = new Set(['id', 'name', 'tags', 'metadata', 'template', 'engine', 'assigns'])
const inputNames = new Set(['role', 'raw', ...optionNames])

/** The message as it is kept. Throws `InvalidRoleError`, or `TypeError` for anything else that does not fit. */
export function createMessage(role: Role, raw: string, options?: MessageOptions): Message {
  if (role !== 'user' && role !== 'assistant' && role !== 'system') throw new InvalidRoleError(role)
  if (typeof raw !== 'string') throw mismatch('raw', 'a string', raw)
  if (options === undefined) return Object.freeze({ role, raw })
  if (!isObject(options)) throw mismatch('options', 'an object', options)
  checkKnownKeys(options, optionNames, 'options')
  const { id, name, tags, metadata, template, engine, assigns } = options
  return Object.freeze({
    role,
    raw,
    ...(id === undefined ? {} : { id: checkName('id', id) }),
    ...(name === undefined ? {} : { name: checkName('name', name) }),
    ...(tags === undefined ? {} : { tags: copyTags(tags) }),
    ...(metadata === undefined ? {} : { metadata: copyRecord('metadata', metadata) }),
    ...(template === undefined ? {} : { template: copyTemplate(template) }),
    ...(engine === undefined ? {} : { engine: checkName('engine', engine) }),
    ...(assigns === undefined ? {} : { assigns: copyRecord('assigns', assigns) }),
  })
}

/** The same from one object. */
export function createMessageFrom(input: MessageInput): Message {
  if (!isObject(input)) throw mismatch('message', 'an object such as { role: "user", raw: "Hello" }', input)
  checkKnownKeys(input, inputNames, 'message')
  const { role, raw, ...options } = input
  return createMessage(role, raw, options)
}

function checkName(field: string, value: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw mismatch(field, 'a string that is not empty', value)
}

function copyTags(tags: readonly string[]): readonly string[] {
  if (!Array.isArray(tags)) throw mismatch('tags', 'an array of strings', tags)
  return Object.freeze(Array.from(tags, (tag: unknown) => checkName('tags', tag as string)))
}

function copyRecord(field: string, value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw mismatch(field, 'an object', value)
  return plainCopy(value, field) as Readonly<Record<string, unknown>>
}

function copyTemplate(template: TemplateSource): TemplateSource {
  if (isObject(template)) return checkTemplateSource(template, 'template')
  throw mismatch('template', '{ inline: text } or { file: path }', template)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mismatch(field: string, expected: string, came: unknown): TypeError {
  return new TypeError(`Expected "${field}" to be ${expected}, got ${describeValue(came)}.`)
}
