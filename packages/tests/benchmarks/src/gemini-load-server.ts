import { createFakeGemini } from '@empire/test-support/fake-gemini'

/** A process of its own, which streams 2 KB to each who asks, in pieces. */
const piece = 'It rains in the Alps. '
const text = Array.from({ length: 8 }, () => piece)
const server = await createFakeGemini(() => ({ text, frameDelay: 100 }))
process.send?.(server.url)
process.on('disconnect', () => void server.close())
