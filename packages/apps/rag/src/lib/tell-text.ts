import type { StreamPart } from '@empire/llm/model'

/** Tells each piece of text as it passes by. */
export async function* tellText(
  parts: AsyncIterable<StreamPart>,
  onText: (text: string) => void,
): AsyncGenerator<StreamPart, void, undefined> {
  for await (const part of parts) {
    if (part.type === 'text-delta') onText(part.text)
    yield part
  }
}
