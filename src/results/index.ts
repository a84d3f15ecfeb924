export * from './run-result.ts';
export type * from './events.ts';
