export interface PromptDifference { type: 'x' }
export function diffPrompts(): void {}
