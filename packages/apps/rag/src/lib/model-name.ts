/** A name that `--model` takes. */
export type ModelName = 'llm-extractive' | `claude:${string}` | `gemini:${string}` | `openai:${string}`

/** A name that `--embedder` takes. */
export type EmbedderName = `gemini:${string}` | `openai:${string}`

/** What names of embedders look like, for messages. */
export const embedderForms = 'gemini:<name> and openai:<name>, also with @<base URL>'

/** The model that answers when none is named. */
export const defaultModel = 'llm-extractive'

/** What names look like, for messages. */
export const modelForms = `${defaultModel}, claude:<name>, gemini:<name> and openai:<name>, the last three also with @<base URL>`

/** Who is asked, and where. */
export interface ModelAddress {
  readonly vendor: 'claude' | 'gemini' | 'openai'
  /** What the vendor calls the model. */
  readonly id: string
  /** Where the API is. Default: at the vendor. */
  readonly baseUrl: string | undefined
}

/** The address in a name; `undefined` for the model without one, and for what is no name. */
export function parseModelName(name: string): ModelAddress | undefined {
  const [, vendor, rest] = /^(claude|gemini|openai):(\S+)$/.exec(name) ?? []
  if (vendor === undefined || rest === undefined) return undefined
  // The names of some servers begin with "@", so it is the scheme that tells where the address begins.
  const at = rest.search(/@https?:\/\//)
  const id = at === -1 ? rest : rest.slice(0, at)
  const baseUrl = at === -1 ? undefined : rest.slice(at + 1)
  // What is left of an address in the name was meant for one.
  if (id === '' || id.endsWith('@') || id.includes('://')) return undefined
  if (baseUrl !== undefined && !isAddress(baseUrl)) return undefined
  return { vendor: vendor as ModelAddress['vendor'], id, baseUrl }
}

/** Whether `--model` takes a name. */
export function isModelName(name: unknown): name is ModelName {
  return typeof name === 'string' && (name === defaultModel || parseModelName(name) !== undefined)
}

/** Whether `--embedder` takes a name. */
export function isEmbedderName(name: unknown): name is EmbedderName {
  return isModelName(name) && name !== defaultModel && !name.startsWith('claude:')
}

/** Without a password or a query, which would be printed and recorded with the name of the model. */
function isAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && url.username === '' && url.password === '' && !/[?#]/.test(text)
}
