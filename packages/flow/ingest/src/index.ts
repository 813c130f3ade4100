export { type Chunk, type Chunker, type ChunkerRun, type Piece, type Range } from './lib/chunker.ts'
export { codeParser } from './lib/code-parser.ts'
export { collectBytes, type CollectBytesOptions } from './lib/collect-bytes.ts'
export {
  type DeadLetter,
  type DeadLetterFilter,
  type DeadLetterInput,
  type DeadLetterStore,
  type IngestStep,
} from './lib/dead-letter.ts'
export { createMemoryDeadLetters } from './lib/create-memory-dead-letters.ts'
export { createMemoryState } from './lib/create-memory-state.ts'
export { createSqliteDeadLetters } from './lib/create-sqlite-dead-letters.ts'
export { createSqliteState } from './lib/create-sqlite-state.ts'
export { csvParser, type CsvParserOptions } from './lib/csv-parser.ts'
export { defaultIgnore, type FolderEntry } from './lib/default-ignore.ts'
export { defaultParsers } from './lib/default-parsers.ts'
export {
  type Anchor,
  type Block,
  type ContentBlock,
  type Document,
  type DocumentPart,
  type HeadingBlock,
} from './lib/document.ts'
export { fileSource, type FileSourceOptions } from './lib/file-source.ts'
export { functionSink } from './lib/function-sink.ts'
export { htmlParser } from './lib/html-parser.ts'
export {
  type FailureCode,
  type IngestCode,
  IngestError,
  type IngestErrorOptions,
  type Problem,
  type SkipCode,
} from './lib/ingest-error.ts'
export { type IngestState, type ItemState } from './lib/ingest-state.ts'
export { type IngestEvent, type IngestReport } from './lib/ingest-event.ts'
export { ingestEvents } from './lib/ingest-events.ts'
export { type IngestOptions, type IngestRetryOptions } from './lib/ingest-settings.ts'
export { globFilter } from './lib/glob-filter.ts'
export { httpApiSource, type HttpApiSourceOptions } from './lib/http/http-api-source.ts'
export { type HttpHeaders, type HttpOptions } from './lib/http/http-options.ts'
export { type ApiRecord, type RecordOptions } from './lib/http/record-item.ts'
export { httpSource, type HttpSourceOptions } from './lib/http/http-source.ts'
export { type NextPage } from './lib/http/api-pages.ts'
export { ingest } from './lib/ingest.ts'
export { type IterableItem, iterableSource, type IterableSourceOptions } from './lib/iterable-source.ts'
export { jsonParser } from './lib/json-parser.ts'
export { type JsonValue } from './lib/json-value.ts'
export { lineAt } from './lib/line-at.ts'
export { LogDamagedError } from './lib/log-damaged-error.ts'
export { markdownParser } from './lib/markdown-parser.ts'
export { mediaTypeOf } from './lib/media-type.ts'
export { ndjsonParser } from './lib/ndjson-parser.ts'
export { ndjsonSink, type NdjsonSink } from './lib/ndjson-sink.ts'
export { type Parser, type ParserContent, type ParserItem, type ParserOptions } from './lib/parser.ts'
export { parseExactJson } from './lib/parse-exact-json.ts'
export { printable } from './lib/printable.ts'
export { readDocument, type ReadDocumentOptions } from './lib/read-document.ts'
export { readNdjson } from './lib/read-ndjson.ts'
export { replayDeadLetters, type ReplayOptions, type ReplayReport } from './lib/replay-dead-letters.ts'
export { resumedBytes, type ResumedBytesOptions } from './lib/resumed-bytes.ts'
export { type ChunkEntry, type SearchableIndex, searchSink, type SearchSinkOptions } from './lib/search-sink.ts'
export { type Sink, type SinkOptions } from './lib/sink.ts'
export {
  type ReadOptions,
  type Source,
  type SourceChange,
  type SourceContent,
  type SourceItem,
  type SourceOptions,
} from './lib/source.ts'
export { type SqliteFileOptions } from './lib/sqlite-file.ts'
export { sentenceChunker, type SentenceChunkerOptions } from './lib/sentence-chunker.ts'
export { structureChunker, type StructureChunkerOptions } from './lib/structure-chunker.ts'
export { textParser } from './lib/text-parser.ts'
export { tokenChunker, type TokenChunkerOptions } from './lib/token-chunker.ts'
export { watchSource, type WatchSourceOptions } from './lib/watch-source.ts'
