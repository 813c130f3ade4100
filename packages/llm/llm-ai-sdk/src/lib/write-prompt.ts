import type { LanguageModelV4FilePart, LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider'
import type { Context } from '@empire/context'
import { type AiSdkFilePart, type AiSdkMessage, toAiSdk, type WireOptions } from '@empire/context/ai-sdk'
import { EmpireError } from '@empire/errors'
import { ModelError } from '@empire/llm'

/** Which version of the specification a provider has. */
export type SpecificationVersion = 'v2' | 'v3' | 'v4'

/** What a provider fetches by itself: patterns of addresses by media type. */
export type SupportedUrls = Readonly<Record<string, readonly RegExp[]>>

/** How the prompt is written. */
export interface PromptSettings extends WireOptions {
  /** Who takes it, for messages. */
  readonly vendor: string
  readonly version: SpecificationVersion
  readonly supportedUrls: SupportedUrls
}

/**
 * The conversation as providers take it: what `toAiSdk` of `@empire/context/ai-sdk` writes for the functions of the SDK,
 * with the system messages in front. Throws a `ModelError` with `invalid_request` for what has no form there.
 */
export function writePrompt(context: Context, settings: PromptSettings): LanguageModelV4Prompt {
  const { hoistSystem, names, version } = settings
  const { instructions = [], messages } = attemptWrite(context, { hoistSystem, names })
  return [...instructions, ...messages].map((message) => writeMessage(message, settings, version))
}

function attemptWrite(context: Context, options: WireOptions): ReturnType<typeof toAiSdk> {
  try {
    return toAiSdk(context, options)
  } catch (cause) {
    if (!EmpireError.isInstance(cause) || cause.code !== 'unsupported_message') throw cause
    const { messageIndex, reason } = cause.details
    const path = `messages[${String(messageIndex)}]`
    throw new ModelError('invalid_request', cause.message, { cause, details: { path, reason } })
  }
}

function writeMessage(
  message: AiSdkMessage,
  settings: PromptSettings,
  version: SpecificationVersion,
): LanguageModelV4Message {
  if (message.role !== 'user') return message
  return {
    ...message,
    content: message.content.map((part) => (part.type === 'file' ? writeFile(part, settings, version) : part)),
  }
}

function writeFile(
  part: AiSdkFilePart,
  settings: PromptSettings,
  version: SpecificationVersion,
): LanguageModelV4FilePart {
  const { data } = part
  const isAddress = typeof data === 'string'
  if (isAddress && !isSupported(data, part.mediaType, settings.supportedUrls)) {
    throw new ModelError(
      'unsupported',
      `The provider of ${settings.vendor} does not fetch ${part.mediaType} from this address. Pass the content as "data".`,
      { details: { feature: 'media_url', mimeType: part.mediaType } },
    )
  }
  const content = isAddress ? { type: 'url' as const, url: new URL(data) } : data
  if (version === 'v4') return { ...part, data: content }
  // Before version 4, it is the address or the content itself.
  return { ...part, data: content.type === 'url' ? content.url : content.data } as unknown as LanguageModelV4FilePart
}

function isSupported(url: string, mediaType: string, supported: SupportedUrls): boolean {
  return Object.entries(supported).some(([pattern, urls]) => {
    const type = pattern === '*' || pattern === '*/*' ? '' : pattern.replace(/\*$/, '')
    return mediaType.startsWith(type) && urls.some((regex) => isMatch(regex, url))
  })
}

/** A global regex remembers where it was. */
function isMatch(regex: RegExp, url: string): boolean {
  regex.lastIndex = 0
  return regex.test(url.toLowerCase())
}
