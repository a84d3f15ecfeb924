/** What k6 has and @types/k6 takes from the library of browsers. */
declare const console: { log(...values: readonly unknown[]): void };
