/** What a chat costs beside its texts, by family of models. */
export interface ChatFigures {
  /** Tokens around each message, its role included. Where roles differ, those of the role that costs most. */
  readonly perMessage: number
  /** Tokens for each message with a name, beside those of the name itself. Can be negative. */
  readonly perName: number
  /** Tokens that open the chat and the reply, once per request. */
  readonly perReply: number
  /** Whether the vendor has published these figures, or the format that they are counted from; else they are an assumption. */
  readonly documented: boolean
  /** Where the figures come from. */
  readonly source: string
}

type Counts = Pick<ChatFigures, 'perMessage' | 'perName' | 'perReply'>

function published(source: string, counts: Counts): ChatFigures {
  return { ...counts, documented: true, source }
}

/** 3 tokens and 1 for the role around a message; `<|start|>assistant<|message|>` for the reply. */
const cookbook: Counts = { perMessage: 4, perName: 1, perReply: 3 }
const cookbookSource =
  'OpenAI cookbook, "How to count tokens with tiktoken", section 6 (3 per message and 1 for its role)'
const openai = published(cookbookSource, cookbook)
const legacy = published(cookbookSource, { perMessage: 5, perName: -1, perReply: 3 })
const assumed: ChatFigures = {
  ...cookbook,
  documented: false,
  source: 'no published figures: those of the OpenAI cookbook for gpt-4o',
}

// What follows is counted from published formats. A control token is one token, and so is each role and line break.

// <|start|>user<|message|>…<|end|>; an answer of the past <|start|>assistant<|channel|>final<|message|>…<|end|>
const harmony = published(
  'OpenAI cookbook, "OpenAI Harmony Response Format": an answer has 6 around it, other messages 4; without the system message that harmony adds',
  { perMessage: 6, perName: 0, perReply: 2 },
)
// <|begin_of_text|>, then <|start_header_id|>user<|end_header_id|>\n\n…<|eot_id|>
const llama3 = published(
  'llama.com, "Model Cards & Prompt formats", Llama 3: 5 around a message; <|begin_of_text|> and 4 for the reply',
  { perMessage: 5, perName: 0, perReply: 5 },
)
// <|begin_of_text|>, then <|header_start|>user<|header_end|>\n\n…<|eot|>
const llama4 = published(
  'llama.com, "Model Cards & Prompt formats", Llama 4: 5 around a message; <|begin_of_text|> and 4 for the reply',
  { perMessage: 5, perName: 0, perReply: 5 },
)
// <|im_start|>user\n…<|im_end|>\n
const chatml = published(
  'Qwen, chat_template in tokenizer_config.json (ChatML): 5 around a message, 3 for the reply; without the system message that Qwen2.5 and earlier add where there is none',
  { perMessage: 5, perName: 0, perReply: 3 },
)
// <s>, then [INST]…[/INST] by the user, …</s> by the assistant
const mistral = published(
  'docs.mistral.ai, "Tokenization, Templates", V3-Tekken: 2 around a message of the user, 1 behind an answer, <s> once',
  { perMessage: 2, perName: 0, perReply: 1 },
)
// <｜begin▁of▁sentence｜>, then <｜User｜>… by the user, <｜Assistant｜>…<｜end▁of▁sentence｜>
const deepseek = published(
  'DeepSeek, chat_template in tokenizer_config.json of DeepSeek-V3 and R1: 1 before a message of the user, 2 around an answer, 2 once',
  { perMessage: 2, perName: 0, perReply: 2 },
)
// The same with </think> behind <｜Assistant｜>
const deepseek31 = published(
  'DeepSeek, chat_template in tokenizer_config.json of DeepSeek-V3.1: 1 before a message of the user, 3 around an answer, 3 once',
  { perMessage: 3, perName: 0, perReply: 3 },
)
// <bos>, then <start_of_turn>user\n…<end_of_turn>\n
const gemma = published(
  'ai.google.dev, "Gemma formatting and system instructions": 5 around a turn; <bos> and 3 for the reply',
  { perMessage: 5, perName: 0, perReply: 4 },
)

/** By the beginning of the model's name, in small letters. */
export const chatFamilies: ReadonlyMap<string, ChatFigures> = new Map([
  ['gpt-3.5-turbo-0301', legacy],
  ['gpt-3.5', openai],
  ['gpt-35', openai],
  ['gpt-4', openai],
  ['gpt-4o', openai],
  ['gpt-4.', assumed],
  ['gpt-5', assumed],
  ['chatgpt-4o', assumed],
  ['o1', assumed],
  ['o3', assumed],
  ['o4', assumed],
  ['codex-mini', assumed],
  ['computer-use', assumed],
  ['gpt-oss', harmony],
  ['claude', assumed],
  ['gemini', assumed],
  ['gemma', gemma],
  ['gemma2', gemma],
  ['gemma3', gemma],
  ['llama-3', llama3],
  ['llama3', llama3],
  ['meta-llama-3', llama3],
  ['llama-4', llama4],
  ['llama4', llama4],
  ['mistral', mistral],
  ['ministral', mistral],
  ['pixtral', mistral],
  ['deepseek-v3', deepseek],
  ['deepseek-r1', deepseek],
  ['deepseek-v3.', deepseek31],
  ['deepseek-chat', deepseek31],
  ['deepseek-reasoner', deepseek31],
  ['qwen', { ...chatml, documented: false, source: 'no published figures: those of the open models of Qwen' }],
  ['qwen1', chatml],
  ['qwen2', chatml],
  ['qwen3', chatml],
  ['qwq', chatml],
])
