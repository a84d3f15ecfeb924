/** Load: profiles as data, and what executes them. */
export * from './engine/index.ts';
export * from './k6/index.ts';
export * from './profiles/index.ts';
