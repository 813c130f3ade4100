import { createFakeGemini, type FakeRequest, type GeminiStep } from '@empire/test-support'
import { onTestFinished } from 'vitest'

interface Body {
  readonly contents: readonly { readonly parts: readonly { readonly text?: string }[] }[]
}

/** The texts that a request has, of all its messages. */
export function textsOf({ json }: FakeRequest): string[] {
  return (json as Body).contents.flatMap(({ parts }) => parts.map(({ text = '' }) => text))
}

/** What a model says that reads out the first passage it was given. */
function quote(request: FakeRequest): string {
  return textsOf(request)[0]?.split(': ').slice(1).join(': ').split('\n').at(-1) ?? ''
}

/**
 * A fake Gemini server that reads out the first passage, for one test.
 *
 * @param fault What happens to a request, by its number from 0.
 */
export async function quotingGemini(fault: (request: number) => GeminiStep['fault'] = () => undefined) {
  let requests = 0
  const server = await createFakeGemini((request) => ({ text: quote(request), fault: fault(requests++) }))
  onTestFinished(() => server.close())
  return server
}
