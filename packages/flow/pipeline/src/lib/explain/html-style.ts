/** How the page of a run looks. */
export const htmlStyle = `
:root { color-scheme: light dark; --back: #fff; --text: #1c1f24; --dim: #6a7280; --rule: #e3e6ea; --line: #8a94a3;
  --completed: #2f7d4f; --failed: #c2362b; --aborted: #b26a00; --undo: #8a5bc4; --skipped: #9aa3af; }
@media (prefers-color-scheme: dark) { :root { --back: #15181d; --text: #e6e9ee; --dim: #98a2b0; --rule: #2a2f37; --line: #6d7786;
  --completed: #4fb37a; --failed: #f0695d; --aborted: #e0a040; --undo: #b48cf0; --skipped: #6b7480; } }
body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.35rem; margin: 0; overflow-wrap: anywhere; } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { margin: .25rem 0 1rem; color: var(--dim); overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0 .75rem 0 0; height: 30px; text-align: left; font-weight: normal; white-space: nowrap; }
thead th { color: var(--dim); font-size: .8rem; }
tbody tr:hover { background: color-mix(in srgb, var(--line) 12%, transparent); }
tbody th { max-width: 18rem; overflow: hidden; text-overflow: ellipsis; }
.graph { padding-right: .25rem; width: 1px; } svg { display: block; }
.line { fill: none; stroke: var(--line); stroke-width: 2; } .gap { fill: none; stroke: var(--back); stroke-width: 7; }
circle { stroke: var(--back); stroke-width: 1.5; }
.time { width: 45%; padding: 0; } .track { position: relative; height: 30px; border-inline: 1px solid var(--rule); }
.track i { position: absolute; top: 8px; height: 14px; min-width: 2px; border-radius: 2px; }
.track .undo { background: repeating-linear-gradient(45deg, var(--undo) 0 4px, transparent 4px 7px); outline: 1px solid var(--undo); outline-offset: -1px; }
.track .rollback { top: 0; height: 30px; width: 0; min-width: 0; border-left: 1px dashed var(--undo); }
.number { text-align: right; padding-left: .75rem; font-variant-numeric: tabular-nums; }
.completed { fill: var(--completed); background: var(--completed); } .failed { fill: var(--failed); background: var(--failed); }
.aborted { fill: var(--aborted); background: var(--aborted); } .running { fill: var(--line); background: var(--line); }
.skipped, .not-started { fill: var(--back); stroke: var(--skipped); } circle.not-started { stroke-dasharray: 2 2; }
tr.is-failed .state, tr.is-left .state { color: var(--failed); font-weight: 600; }
.audit th, .audit td { height: auto; } code { font-size: .8rem; } .audit tbody th { font-size: .9rem; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
`
