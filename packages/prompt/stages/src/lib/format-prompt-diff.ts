export function formatPromptDiff(): void {}
