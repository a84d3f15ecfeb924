/** Load: profiles as data, and what executes them. */
export * from './profiles/index.ts';
