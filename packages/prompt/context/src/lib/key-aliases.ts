/** What other libraries call a property: too far from our name to be found as a slip. */
export const keyAliases: ReadonlyMap<string, readonly string[]> = new Map([
  ['content', ['raw', 'result']],
  ['text', ['raw']],
  ['arguments', ['args']],
  ['input', ['args']],
  ['toolName', ['tool']],
  ['output', ['result']],
  ['error', ['isError']],
  ['mime', ['mimeType']],
  ['mediaType', ['mimeType']],
  ['tool_call_id', ['callId', 'id']],
  ['toolCallId', ['callId', 'id']],
])
