import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

// Streams answers of 20 pieces of 100 letters, five a second, each beginning with the time when it was sent.
const usage = { input_tokens: 9, output_tokens: 1 }
const pieces = 20
const pause = 200

function write(response: ServerResponse, frame: { readonly type: string } & Readonly<Record<string, unknown>>): void {
  response.write(`event: ${frame.type}\ndata: ${JSON.stringify(frame)}\n\n`)
}

function stream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  write(response, { type: 'message_start', message: { model: 'claude', usage } })
  write(response, { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } })
  let sent = 0
  const timer = setInterval(() => {
    if (sent++ < pieces) {
      const text = String(performance.timeOrigin + performance.now()).padEnd(100)
      return write(response, { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })
    }
    clearInterval(timer)
    write(response, { type: 'content_block_stop', index: 0 })
    write(response, { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage })
    write(response, { type: 'message_stop' })
    response.end()
  }, pause)
}

const server = createServer((request, response) => {
  request.resume()
  // Not all at the same moment: neither do models.
  request.once('end', () => setTimeout(stream, Math.random() * pause, response))
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
