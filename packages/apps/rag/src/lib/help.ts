import { defaultModel } from './model-name.ts'

/** What `rag --help` prints. */
export const helpText = `Ask a question, get an answer quoted from your documents, with citations.

Usage
  rag "<question>" [--docs <file or folder>… | --index <file>] [options]
  rag ingest [<source>…] --index <file>   Bring an index file up to date
  rag ask "<question>" --index <file>     Ask it
  rag chat --index <file>                 Talk about it
  rag status --index <file>               Tell what is in it
  rag forget <source>… --index <file>     Take sources out of it
  rag dead-letters list|show|replay|purge --index <file>   What could not be indexed

  rag help, or rag <command> --help, explains. A question that begins with the name of a command goes behind "--".

Options
  --docs <path>…     Files and folders to read: Markdown, text, HTML, PDF, DOCX and more. Takes every word up to the
                     next option; can be given several times. Default: the Markdown below the current folder
  --index <file>     Ask the index file of rag ingest, and read no documents
  --top <count>      How many passages to search for. Default: 8
  --budget <tokens>  How many tokens the context may hold. Default: 4000
  --model <name>     Which model answers. Default: ${defaultModel}
                     ${defaultModel} quotes the best sentences: no key, no network, no language model
                     claude:<name>  needs ANTHROPIC_API_KEY
                     gemini:<name>  needs GEMINI_API_KEY or GOOGLE_API_KEY
                     openai:<name>  needs OPENAI_API_KEY
                     Each takes @<base URL> behind the name: openai:llama@http://localhost:11434/v1
  --embedder <name>  Refuse an index file whose vectors are of another embedder: see rag ingest --help
  --trace [<page>]   Write the page of the run, in HTML, and open it: each step with its time, its state, and hashes of
                     what went in and out. A page is a word that ends with .html. Default: a file among the temporary ones,
                     whose path is printed
  --record <folder>  Write what happens to a folder without a record: each step, and what the model answers
  --replay <folder>  Answer from such a record: no key, no network. It knows what was asked; other options win
  --json             Print one JSON document: question, answered, answer, model, citations,
                     unknownCitations, usage, cost (10⁻⁹ US dollars), passages, context, steps, documents
  -v, --version      Print the version of rag and stop
  -h, --help         Print this and stop

Settings
  docs, index, top, budget and model can also stand in the file empire.config.{json,yaml,yml,ts,js} of the current folder,
  under "rag", or in the environment: EMPIRE_CONFIG_RAG__TOP=4. An option wins over the environment, and that over
  the file.

Words after "--" belong to the question: rag --docs ./guide -- "What does --top mean?"

Output
  The answer, as it is written; its numbered citations (path:line), and the numbers that name no passage; the passages
  it stands on with their scores, the tokens and the cost of the model at list prices, the tokens of the context against
  the budget, and the time of each step. Files that are left out are named on standard error, one line each; so is
  progress, when standard error is a terminal.

Exit codes
  0    answered
  1    nothing in the documents is relevant
  2    wrong usage, a missing key, another request than was recorded or a record that was changed, an index file that
       cannot be used, or a path given with --docs cannot be read (what the other paths hold is still answered)
  69   the model did not answer: a wrong key, no network, a limit
  70   a fault in rag itself, or the answer cannot be written
  75   of rag ingest, forget, and dead-letters replay: another rag writes to the index file
  130  interrupted

Examples
  rag "How is a layer violation reported?"
  rag "Which port is the default?" --docs ./docs README.md --top 4
  rag "Which port is the default?" --docs ./docs --json | jq .answer
  rag "Which port is the default?" --docs ./docs --model claude:claude-sonnet-4-5 --record ./run
  rag --replay ./run
  rag ingest ./docs --index docs.db
  rag ask "Which port is the default?" --index docs.db
`
