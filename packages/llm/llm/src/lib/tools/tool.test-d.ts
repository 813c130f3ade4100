import * as z from 'zod'
import { defineTool, type Tool } from './tool.ts'

export const typed: Tool[] = [
  defineTool({
    name: 'typed',
    input: z.object({ size: z.string().transform(Number) }),
    run({ size }, { signal, call }) {
      size satisfies number
      signal satisfies AbortSignal
      return call.id
    },
  }),
  defineTool({
    name: 'document',
    input: { type: 'object' },
    // @ts-expect-error A document says nothing of types.
    run: ({ size }) => size satisfies number,
  }),
]
