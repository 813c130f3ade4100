/** A question, and the page that answers it. */
export interface ForeignQuestion {
  readonly question: string
  readonly page: string
}

/** Written by a reader of the pages, in other words than theirs where a user would have others. */
export const foreignQuestions: readonly ForeignQuestion[] = [
  {
    question: 'How do I delete rows that are older than a certain age so that the database does not grow forever?',
    page: 'reference-storage-retention.md',
  },
  {
    question: 'How can a workflow wait until a given date before it goes on?',
    page: 'reference-workflows-workflow-methods-sleepUntil.md',
  },
  {
    question: 'Which scorer finds statements of the model that contradict the given context?',
    page: 'reference-evals-hallucination.md',
  },
  {
    question: 'How do several processes elect one owner of a thread with a lock?',
    page: 'reference-pubsub-lease-provider.md',
  },
  {
    question: 'Is working memory kept for one thread or for all conversations of a user?',
    page: 'docs-memory-working-memory.md',
  },
  {
    question: 'Can I run a workflow again from one step in the middle, with the stored results of the steps before it?',
    page: 'docs-workflows-time-travel.md',
  },
  {
    question: 'What does a workflow snapshot contain?',
    page: 'docs-workflows-snapshots.md',
  },
  {
    question: 'How do I keep certain spans from being exported, to lower the cost of tracing?',
    page: 'reference-observability-tracing-span-filtering.md',
  },
  {
    question: 'How do I protect an agent against jailbreak attempts in user messages?',
    page: 'reference-processors-prompt-injection-detector.md',
  },
  {
    question: 'Does Aurora DSQL support pgvector?',
    page: 'integrations-databases-aurora-dsql.md',
  },
  {
    question: 'When is retrieval over a graph of chunks better than plain vector search?',
    page: 'reference-rag-graph-rag-guide.md',
  },
  {
    question: 'What happens to the published version of an agent when I save a draft in the editor?',
    page: 'reference-editor-versioning.md',
  },
  {
    question: 'How can an agent look up the type and the declaration of a symbol with a language server?',
    page: 'docs-sandbox-lsp.md',
  },
  {
    question: 'How do I remove control characters and superfluous whitespace from input messages?',
    page: 'reference-processors-unicode-normalizer.md',
  },
  {
    question: 'How do I retry when the stream of the OpenAI Responses API breaks off with a transient error?',
    page: 'reference-processors-stream-error-retry-processor.md',
  },
  {
    question: 'How do I receive messages of customers over WhatsApp?',
    page: 'integrations-channels-whatsapp.md',
  },
  {
    question: 'May a user who is admin of one team and only member of another see the threads of both?',
    page: 'docs-auth-fga.md',
  },
  {
    question: 'From what is the key derived under which answers of the model are cached?',
    page: 'reference-processors-response-cache.md',
  },
  {
    question: 'How do I make streamed text appear at a steady pace?',
    page: 'reference-streaming-smoothStream.md',
  },
  {
    question: 'How do local processes on one machine share events over a Unix socket, and what if the broker exits?',
    page: 'reference-pubsub-unix-socket-pubsub.md',
  },
]
