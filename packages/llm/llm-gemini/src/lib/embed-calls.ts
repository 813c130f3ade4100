import type { GeminiTransport } from './create-transport.ts'

/** How texts are embedded. */
export interface EmbedSettings {
  readonly dimensions: number | undefined
  readonly taskType: string | undefined
}

/** A request for the vectors of some texts. */
export interface EmbedCall {
  readonly path: string
  readonly body: unknown
  /** How many vectors have to come. */
  readonly texts: number
}

/** The requests for the vectors of some texts: the Gemini API takes one or many, Vertex AI has a way for each family. */
export function embedCalls(
  texts: readonly string[],
  model: string,
  { dimensions, taskType }: EmbedSettings,
  transport: GeminiTransport,
): EmbedCall[] {
  const path = transport.modelPath(model)
  const settings = {
    ...(taskType === undefined ? {} : { taskType }),
    ...(dimensions === undefined ? {} : { outputDimensionality: dimensions }),
  }
  if (transport.isVertex) {
    // The newer models have another method there, for one text at a time.
    if (model.includes('gemini') && !model.endsWith('gemini-embedding-001')) {
      const body = (text: string) => ({ content: contentOf(text), embedContentConfig: settings })
      return texts.map((text) => ({ path: `${path}:embedContent`, body: body(text), texts: 1 }))
    }
    const task = taskType === undefined ? {} : { task_type: taskType }
    const instances = texts.map((content) => ({ content, ...task }))
    const parameters = dimensions === undefined ? {} : { parameters: { outputDimensionality: dimensions } }
    return [{ path: `${path}:predict`, body: { instances, ...parameters }, texts: texts.length }]
  }
  const [first, ...others] = texts.map(contentOf)
  if (others.length === 0) return [{ path: `${path}:embedContent`, body: { content: first, ...settings }, texts: 1 }]
  const requests = texts.map((text) => ({ model: transport.modelName(model), content: contentOf(text), ...settings }))
  return [{ path: `${path}:batchEmbedContents`, body: { requests }, texts: texts.length }]
}

function contentOf(text: string): { readonly parts: readonly { readonly text: string }[] } {
  return { parts: [{ text }] }
}
