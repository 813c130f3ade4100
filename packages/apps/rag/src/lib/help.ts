import { modelNames } from './models.ts'

/** What `rag --help` prints. */
export const helpText = `Ask a question, get an answer quoted from your documents, with citations.

Usage
  rag "<question>" [--docs <file or folder>…] [options]

Options
  --docs <path>…     Files and folders to read: Markdown, text, HTML. Takes every word up to the next option;
                     can be given several times. Default: the Markdown below the current folder
  --top <count>      How many passages to search for. Default: 8
  --budget <tokens>  How many tokens the context may hold. Default: 4000
  --model <name>     Which model answers. Default: ${modelNames[0]}
                     ${modelNames[0]} quotes the best sentences: no key, no network, no language model
  --json             Print one JSON document: question, answered, answer, citations, passages, context,
                     steps, documents
  -h, --help         Print this and stop

Settings
  docs, top, budget and model can also stand in the file empire.config.{json,yaml,yml,ts,js} of the current folder,
  under "rag", or in the environment: EMPIRE_CONFIG_RAG__TOP=4. An option wins over the environment, and that over
  the file.

Words after "--" belong to the question: rag --docs ./guide -- "What does --top mean?"

Output
  The answer with numbered citations (path:line), the passages it stands on with their scores, the tokens of the
  context against the budget, and the time of each step. Files that are left out are named on standard error, one
  line each; so is progress, when standard error is a terminal.

Exit codes
  0    answered
  1    nothing in the documents is relevant
  2    wrong usage, or a path given with --docs cannot be read (what the other paths hold is still answered)
  70   a fault in rag itself, or the answer cannot be written
  130  interrupted

Examples
  rag "How is a layer violation reported?"
  rag "Which port is the default?" --docs ./docs README.md --top 4
  rag "Which port is the default?" --docs ./docs --json | jq .answer
`
