import type { Case } from '#kit';

/** All cases that exist, loaded when somebody first asks. */
export async function loadCases(): Promise<readonly Case[]> {
  return (await import('#suites')).CASES;
}
