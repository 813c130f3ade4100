/**
 * The release of the OpenTelemetry semantic conventions that the names below are taken from.
 *
 * 1.41.0 is the last one that holds the conventions for generative AI. Since 1.42.0 they are developed, and released under
 * numbers of their own, in https://github.com/open-telemetry/semantic-conventions-genai.
 */
export const genAiRevision = '1.41.0'

/** The names of attributes. Those marked as content are set by `setContent` alone. */
export const genAi = {
  operationName: 'gen_ai.operation.name',
  providerName: 'gen_ai.provider.name',
  conversationId: 'gen_ai.conversation.id',
  outputType: 'gen_ai.output.type',

  requestModel: 'gen_ai.request.model',
  requestChoiceCount: 'gen_ai.request.choice.count',
  requestEncodingFormats: 'gen_ai.request.encoding_formats',
  requestFrequencyPenalty: 'gen_ai.request.frequency_penalty',
  requestMaxTokens: 'gen_ai.request.max_tokens',
  requestPresencePenalty: 'gen_ai.request.presence_penalty',
  requestSeed: 'gen_ai.request.seed',
  requestStopSequences: 'gen_ai.request.stop_sequences',
  requestStream: 'gen_ai.request.stream',
  requestTemperature: 'gen_ai.request.temperature',
  requestTopK: 'gen_ai.request.top_k',
  requestTopP: 'gen_ai.request.top_p',

  responseId: 'gen_ai.response.id',
  responseModel: 'gen_ai.response.model',
  responseFinishReasons: 'gen_ai.response.finish_reasons',
  /** Seconds. */
  responseTimeToFirstChunk: 'gen_ai.response.time_to_first_chunk',

  /** All input tokens, those of the cache among them. */
  usageInputTokens: 'gen_ai.usage.input_tokens',
  /** All output tokens, those of the reasoning among them. */
  usageOutputTokens: 'gen_ai.usage.output_tokens',
  usageCacheCreationInputTokens: 'gen_ai.usage.cache_creation.input_tokens',
  usageCacheReadInputTokens: 'gen_ai.usage.cache_read.input_tokens',
  usageReasoningOutputTokens: 'gen_ai.usage.reasoning.output_tokens',
  /** `input` or `output`, on the metric of token usage. */
  tokenType: 'gen_ai.token.type',

  embeddingsDimensionCount: 'gen_ai.embeddings.dimension.count',

  agentDescription: 'gen_ai.agent.description',
  agentId: 'gen_ai.agent.id',
  agentName: 'gen_ai.agent.name',
  agentVersion: 'gen_ai.agent.version',
  workflowName: 'gen_ai.workflow.name',
  dataSourceId: 'gen_ai.data_source.id',
  promptName: 'gen_ai.prompt.name',

  toolCallId: 'gen_ai.tool.call.id',
  toolDescription: 'gen_ai.tool.description',
  toolName: 'gen_ai.tool.name',
  toolType: 'gen_ai.tool.type',

  evaluationExplanation: 'gen_ai.evaluation.explanation',
  evaluationName: 'gen_ai.evaluation.name',
  evaluationScoreLabel: 'gen_ai.evaluation.score.label',
  evaluationScoreValue: 'gen_ai.evaluation.score.value',

  /** Content. */
  systemInstructions: 'gen_ai.system_instructions',
  /** Content. */
  inputMessages: 'gen_ai.input.messages',
  /** Content. */
  outputMessages: 'gen_ai.output.messages',
  /** Content. */
  toolCallArguments: 'gen_ai.tool.call.arguments',
  /** Content. */
  toolCallResult: 'gen_ai.tool.call.result',
  /** Content. */
  toolDefinitions: 'gen_ai.tool.definitions',
  /** Content. */
  retrievalDocuments: 'gen_ai.retrieval.documents',
  /** Content. */
  retrievalQueryText: 'gen_ai.retrieval.query.text',
} as const

/** The values of `gen_ai.operation.name`. A span is named after the operation and the model: `chat claude-x`. */
export type GenAiOperation =
  | 'chat'
  | 'create_agent'
  | 'embeddings'
  | 'execute_tool'
  | 'generate_content'
  | 'invoke_agent'
  | 'invoke_workflow'
  | 'retrieval'
  | 'text_completion'

/** The well-known values of `gen_ai.provider.name`; others are allowed. */
export type GenAiProvider =
  | 'anthropic'
  | 'aws.bedrock'
  | 'azure.ai.inference'
  | 'azure.ai.openai'
  | 'cohere'
  | 'deepseek'
  | 'gcp.gemini'
  | 'gcp.gen_ai'
  | 'gcp.vertex_ai'
  | 'groq'
  | 'ibm.watsonx.ai'
  | 'mistral_ai'
  | 'openai'
  | 'perplexity'
  | 'x_ai'

const tokens = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864]
const seconds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92]

/** The histograms of a client, as `telemetry.histogram(metric.name, metric)` takes them. */
export const genAiMetrics = {
  /** By operation, provider, model and `gen_ai.token.type`. */
  tokenUsage: {
    name: 'gen_ai.client.token.usage',
    unit: '{token}',
    description: 'Number of input and output tokens used.',
    boundaries: tokens,
  },
  /** From request to end, in seconds, by operation, provider, model and `error.type`. */
  operationDuration: {
    name: 'gen_ai.client.operation.duration',
    unit: 's',
    description: 'GenAI operation duration.',
    boundaries: seconds,
  },
  /** From request to first chunk, in seconds; of streams alone. */
  timeToFirstChunk: {
    name: 'gen_ai.client.operation.time_to_first_chunk',
    unit: 's',
    description: 'Time to receive the first chunk of a stream.',
    boundaries: seconds,
  },
  /** From chunk to chunk, in seconds, after the first one. */
  timePerOutputChunk: {
    name: 'gen_ai.client.operation.time_per_output_chunk',
    unit: 's',
    description: 'Time between two chunks of a stream.',
    boundaries: seconds,
  },
} as const
