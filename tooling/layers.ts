/** The scope under which the packages are published. */
export const scope = '@empire/'

/** What one package may import. What its row does not list is refused. */
export interface Row {
  /** Workspace packages for its run-time code, and for its `dependencies`. */
  readonly runtime: readonly string[]
  /** Workspace packages that its tests may import besides, as `devDependencies`. */
  readonly test?: readonly string[]
  /** The contract that this package implements. A contract never lists its adapters, an adapter never another adapter. */
  readonly adapterOf?: string
  /** Libraries of npm that this package wraps: no other published package may list them. */
  readonly wraps?: readonly string[]
}

/** Rows by floor and package name; floors from the lowest to the highest. */
export type Matrix = Readonly<Record<string, Readonly<Record<string, Row>>>>

/**
 * Who may import whom: the only statement of it.
 *
 * A row may grant more than is used today. It never grants a package of a higher floor.
 */
export const matrix: Matrix = {
  foundation: {
    clock: { runtime: [], test: ['test-support'] },
    redaction: { runtime: [] },
    errors: { runtime: ['redaction'] },
    analyzer: { runtime: [], test: ['errors'] },
    telemetry: { runtime: ['errors', 'redaction'], wraps: ['@opentelemetry/api'] },
    record: { runtime: ['clock', 'errors', 'redaction', 'sqlite', 'telemetry'], test: ['test-support'] },
    bus: { runtime: ['errors', 'redaction', 'telemetry'] },
    'bus-redis': {
      runtime: ['bus', 'errors', 'telemetry'],
      test: ['test-support'],
      adapterOf: 'bus',
      wraps: ['ioredis'],
    },
    lifecycle: { runtime: ['clock', 'errors', 'redaction', 'telemetry'], test: ['test-support'] },
    config: { runtime: ['bus', 'errors', 'redaction', 'telemetry'], test: ['test-support'] },
    cache: {
      runtime: ['bus', 'clock', 'errors', 'telemetry'],
      test: ['test-support'],
      wraps: ['keyv', 'lru-cache'],
    },
    'cache-redis': {
      runtime: ['cache', 'errors'],
      test: ['test-support'],
      adapterOf: 'cache',
      wraps: ['@keyv/redis'],
    },
    resilience: {
      runtime: ['clock', 'errors', 'telemetry'],
      test: ['test-support'],
      wraps: ['opossum', 'p-queue'],
    },
    'test-support': { runtime: ['errors', 'redaction'] },
    'analyzer-languages': {
      runtime: ['analyzer'],
      adapterOf: 'analyzer',
      wraps: ['@orama/stemmers', '@orama/stopwords'],
    },
    sqlite: { runtime: [] },
  },
  schema: {
    'json-repair': { runtime: ['clock', 'errors', 'resilience', 'telemetry'], test: ['test-support'] },
    schema: { runtime: ['errors', 'json-repair', 'redaction'], test: ['test-support'], wraps: ['fast-check'] },
    contract: { runtime: ['errors', 'redaction', 'schema', 'telemetry'], test: ['test-support'] },
    model: { runtime: ['errors', 'redaction', 'schema'], test: ['contract', 'test-support'] },
  },
  prompt: {
    template: { runtime: ['errors'] },
    context: {
      runtime: ['errors', 'record', 'telemetry', 'template', 'tokens'],
      test: ['template-liquid', 'test-support', 'tokens-gpt'],
    },
    compaction: {
      runtime: ['clock', 'context', 'errors', 'record', 'telemetry', 'template'],
      test: ['template-liquid', 'tokens', 'tokens-gpt'],
    },
    stages: { runtime: ['errors', 'template'], test: ['context', 'template-liquid'] },
    tokens: { runtime: ['errors', 'telemetry'] },
    'tokens-gpt': { runtime: ['tokens'], adapterOf: 'tokens', wraps: ['gpt-tokenizer'] },
    'tokens-tiktoken': { runtime: ['tokens'], adapterOf: 'tokens', wraps: ['js-tiktoken'] },
    'template-eta': { runtime: ['errors', 'template'], adapterOf: 'template', wraps: ['eta'] },
    'template-liquid': { runtime: ['errors', 'template'], adapterOf: 'template' },
  },
  llm: {
    llm: {
      runtime: [
        'clock',
        'context',
        'errors',
        'json-repair',
        'model',
        'record',
        'redaction',
        'resilience',
        'schema',
        'telemetry',
        'tokens',
      ],
      test: ['cache', 'test-support'],
      wraps: ['@pydantic/genai-prices'],
    },
    'llm-extractive': { runtime: ['analyzer', 'context', 'errors', 'llm'], adapterOf: 'llm' },
    'llm-ai-sdk': {
      runtime: ['clock', 'context', 'errors', 'llm'],
      test: ['test-support'],
      adapterOf: 'llm',
      wraps: ['@ai-sdk/provider'],
    },
    'llm-gemini': {
      runtime: ['clock', 'context', 'errors', 'llm', 'redaction', 'schema'],
      test: ['model', 'test-support'],
      adapterOf: 'llm',
      wraps: ['@google/genai'],
    },
    'llm-claude': {
      runtime: ['clock', 'context', 'errors', 'llm', 'redaction', 'resilience', 'schema', 'tokens'],
      test: ['test-support'],
      adapterOf: 'llm',
      wraps: ['@anthropic-ai/sdk'],
    },
  },
  flow: {
    pipeline: {
      runtime: ['clock', 'errors', 'record', 'redaction', 'resilience', 'sqlite', 'telemetry'],
      test: ['test-support'],
    },
    'pipeline-dbos': {
      runtime: ['clock', 'errors', 'pipeline', 'record', 'redaction', 'telemetry'],
      test: ['test-support'],
      adapterOf: 'pipeline',
      wraps: ['@dbos-inc/dbos-sdk'],
    },
    ingest: {
      runtime: ['clock', 'errors', 'redaction', 'resilience', 'sqlite', 'telemetry', 'tokens'],
      test: ['search', 'test-support'],
      wraps: ['chardet', 'chokidar', 'htmlparser2', 'iconv-lite', 'ignore', 'picomatch'],
    },
    'ingest-documents': {
      runtime: ['errors', 'ingest'],
      test: ['test-support'],
      adapterOf: 'ingest',
      wraps: ['fflate', 'mammoth', 'unpdf'],
    },
    search: { runtime: ['analyzer', 'clock', 'errors'], wraps: ['usearch'] },
    'search-sqlite': {
      runtime: ['analyzer', 'clock', 'errors', 'search', 'sqlite'],
      test: ['test-support'],
      adapterOf: 'search',
    },
    'ingest-postgres': {
      runtime: ['clock', 'errors', 'ingest', 'resilience'],
      test: ['test-support'],
      adapterOf: 'ingest',
    },
    'ingest-s3': {
      runtime: ['clock', 'errors', 'ingest', 'resilience'],
      test: ['test-support'],
      adapterOf: 'ingest',
      wraps: ['@aws-sdk/client-s3'],
    },
    'search-opensearch': {
      runtime: ['analyzer', 'clock', 'errors', 'redaction', 'search'],
      test: ['test-support'],
      adapterOf: 'search',
      wraps: ['@opensearch-project/opensearch'],
    },
  },
  agents: {},
  quality: {},
  operations: {},
  registry: {},
  apps: {
    rag: {
      runtime: [
        'compaction',
        'config',
        'context',
        'errors',
        'ingest',
        'ingest-documents',
        'ingest-postgres',
        'ingest-s3',
        'llm',
        'llm-ai-sdk',
        'llm-claude',
        'llm-extractive',
        'llm-gemini',
        'pipeline',
        'record',
        'redaction',
        'resilience',
        'search',
        'search-sqlite',
        'sqlite',
        'template-liquid',
        'tokens-gpt',
      ],
      test: ['test-support'],
      wraps: ['@ai-sdk/openai'],
    },
  },
  tests: {
    'integration-tests': {
      runtime: [],
      test: [
        'bus',
        'bus-redis',
        'cache',
        'cache-redis',
        'compaction',
        'config',
        'context',
        'contract',
        'errors',
        'ingest',
        'json-repair',
        'lifecycle',
        'llm',
        'llm-claude',
        'llm-gemini',
        'model',
        'pipeline',
        'pipeline-dbos',
        'rag',
        'record',
        'redaction',
        'resilience',
        'schema',
        'search',
        'search-sqlite',
        'telemetry',
        'template-eta',
        'template-liquid',
        'test-support',
        'tokens',
        'tokens-gpt',
        'tokens-tiktoken',
      ],
    },
    benchmarks: {
      runtime: [],
      test: [
        'analyzer',
        'cache',
        'compaction',
        'config',
        'context',
        'contract',
        'ingest',
        'json-repair',
        'llm',
        'llm-ai-sdk',
        'llm-gemini',
        'llm-claude',
        'model',
        'pipeline',
        'record',
        'resilience',
        'schema',
        'search',
        'search-sqlite',
        'stages',
        'telemetry',
        'template-eta',
        'template-liquid',
        'test-support',
        'tokens',
        'tokens-gpt',
        'tokens-tiktoken',
      ],
    },
  },
}

/** The floor whose packages are nothing but test code: published never, imported by nobody. */
export const testFloor = 'tests'

/**
 * Libraries that are only types or a contract, or the language that schemas or files are written in: several packages may
 * list them. `yaml` reads settings in config, and vocabularies and graphs with the place of each fault in stages and pipeline; `pg` is how Node speaks to
 * PostgreSQL.
 */
export const sharedLibraries: readonly string[] = ['@standard-schema/spec', '@types/pg', 'pg', 'yaml', 'zod']
