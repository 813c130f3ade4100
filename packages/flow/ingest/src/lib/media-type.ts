const byExtension: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'text/markdown': 'md markdown mdown mkd mdx',
    'text/plain': 'txt text log rst adoc org tex ini cfg conf properties srt vtt',
    'text/html': 'html htm xhtml',
    'text/csv': 'csv',
    'text/tab-separated-values': 'tsv tab',
    'application/json': 'json jsonc geojson webmanifest',
    'application/json5': 'json5',
    'application/x-ndjson': 'ndjson jsonl',
    'application/yaml': 'yaml yml',
    'application/toml': 'toml',
    'application/xml': 'xml xsd xsl xslt rss atom',
    'application/pdf': 'pdf',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
    'text/x-c': 'c h',
    'text/x-c++': 'cc cpp cxx hh hpp hxx',
    'text/x-csharp': 'cs',
    'text/css': 'css scss less',
    'text/x-clojure': 'clj cljs cljc',
    'text/x-dart': 'dart',
    'text/x-elixir': 'ex exs',
    'text/x-erlang': 'erl hrl',
    'text/x-go': 'go',
    'text/x-graphql': 'graphql gql',
    'text/x-groovy': 'groovy gradle',
    'text/x-haskell': 'hs',
    'text/x-java': 'java',
    'text/javascript': 'js cjs mjs jsx',
    'text/x-hcl': 'tf hcl',
    'text/x-julia': 'jl',
    'text/x-kotlin': 'kt kts',
    'text/x-lua': 'lua',
    'text/x-perl': 'pl pm',
    'text/x-php': 'php',
    'text/x-powershell': 'ps1 psm1',
    'text/x-protobuf': 'proto',
    'text/x-python': 'py pyi',
    'text/x-r': 'r',
    'text/x-ruby': 'rb',
    'text/x-rust': 'rs',
    'text/x-scala': 'scala',
    'text/x-shellscript': 'sh bash zsh',
    'text/x-sql': 'sql',
    'text/x-svelte': 'svelte',
    'text/x-swift': 'swift',
    'text/x-typescript': 'ts cts mts tsx',
    'text/x-vue': 'vue',
    'text/x-zig': 'zig',
  }).flatMap(([type, extensions]) => extensions.split(' ').map((extension) => [`.${extension}`, type] as const)),
)

/** Files that have no extension, by custom. */
const texts = new Set(
  'authors changelog changes contributing copying install licence license news notice readme todo dockerfile gemfile jenkinsfile makefile procfile rakefile'.split(
    ' ',
  ),
)

/**
 * The media type that a path, URL or key promises by the extension at its end, in any case, or by a name without one, such as `README` or
 * `Makefile`. `undefined`: none is known.
 */
export function mediaTypeOf(path: string): string | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase()
  const dot = name.lastIndexOf('.')
  if (dot === -1) return texts.has(name) ? 'text/plain' : undefined
  return byExtension.get(name.slice(dot))
}
