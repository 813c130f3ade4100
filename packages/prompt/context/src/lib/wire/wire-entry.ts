import type { Context } from '../context.ts'
import { isPrompt } from '../is-prompt.ts'
import type { Message } from '../message.ts'
import { mismatch } from '../mismatch.ts'
import { UnsupportedMessageError, type UnsupportedReason } from './unsupported-message-error.ts'
import type { WireOptions } from './wire-options.ts'

/** A vendor, as far as all doors are alike. */
export interface Vendor {
  /** For people. */
  readonly name: string
  /** Where messages keep what only this vendor has a word for: a key of their `metadata`. */
  readonly key: string
  /** The roles whose messages may have a name. */
  readonly named: ReadonlySet<Message['role']>
  /** What names look like. */
  readonly namePattern?: RegExp
}

/** A message on its way out. */
export interface WireEntry<Kind extends Message = Message> {
  readonly message: Kind
  /** Its place in the context. */
  readonly index: number
  /** What it rendered to. */
  readonly text: string
  readonly name: string | undefined
}

/** The messages of a context with their texts, names and order as the options say. Throws `TypeError` for what is no context. */
export function listEntries(context: Context, vendor: Vendor, options: WireOptions): WireEntry[] {
  if (typeof context?.renderMessages !== 'function') {
    throw mismatch('context', 'a context, such as createContext() makes', context)
  }
  const rendered = context.renderMessages(options.assigns)
  const entries = context.messages.map((message, index): WireEntry => {
    const text = rendered[index]?.content ?? ''
    if (message.name === undefined || options.names === 'omit') return { message, index, text, name: undefined }
    if (options.names === 'prefix') {
      return { message, index, text: isPrompt(message) ? `${message.name}: ${text}` : text, name: undefined }
    }
    const entry = { message, index, text, name: message.name }
    const named = vendor.named.has(message.role)
    if (named && vendor.namePattern?.test(message.name) !== false) return entry
    const problem = named ? `its name has to match ${String(vendor.namePattern)}` : 'there is no field for its name'
    const cure = 'Pass "names" in the options: "prefix" to write it before the text, "omit" to leave it out.'
    throw refuse(vendor, entry, 'name', `${problem}. ${cure}`)
  })
  const ordered =
    options.hoistSystem === true
      ? [...entries.filter(isSystem), ...entries.filter((entry) => !isSystem(entry))]
      : entries
  return options.opening === undefined ? ordered : openByUser(ordered, options.opening)
}

/** The entries with one of the user before the first one that is no system message, if that is the assistant's. */
function openByUser(entries: readonly WireEntry[], text: string): WireEntry[] {
  const start = entries.findIndex((entry) => !isSystem(entry))
  const role = entries[start]?.message.role
  if (role !== 'assistant' && role !== 'tool') return [...entries]
  const message: Message = { id: 'opening', role: 'user', raw: text }
  return entries.toSpliced(start, 0, { message, index: start, text, name: undefined })
}

/** The error for an entry that a vendor has no form for. */
export function refuse(
  vendor: Vendor,
  { index, message }: WireEntry,
  reason: UnsupportedReason,
  problem: string,
): UnsupportedMessageError {
  return new UnsupportedMessageError(vendor.name, index, message.role, reason, problem)
}

function isSystem({ message }: WireEntry): boolean {
  return message.role === 'system'
}
