import type { Settings } from './context-settings.ts'

/** A context in one line, without what was said in it. @param tokens What was counted, if it was. */
export function inspectContext(settings: Settings, length: number, tokens: number | undefined): string {
  const { model, temperature, maxTokens, tally } = settings
  const facts = [
    model !== undefined && `model: ${JSON.stringify(model)}`,
    `messages: ${length}`,
    `tokens: ${tokens === undefined ? 'not counted' : `${tally?.exact === true ? '' : '~'}${tokens}`}`,
    temperature !== undefined && `temperature: ${temperature}`,
    maxTokens !== undefined && `maxTokens: ${maxTokens}`,
  ]
  return `Context { ${facts.filter(Boolean).join(', ')} }`
}
