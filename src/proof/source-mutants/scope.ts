/** Which files of the reference broker are changed, and why the others aren't. */

/** Folders end in `/`. Paths are those below `src/broker`. */
export const LEFT_OUT: readonly { readonly files: readonly string[]; readonly reason: string }[] = [
  {
    files: ['faults/', 'variants/', 'alteration.ts', 'altering.ts', 'same.ts', 'shadows.ts', 'shadow-timers.ts'],
    reason:
      'misbehaviour by name and what carries it out: proved by the kill matrix, and absent from a broker as it is',
  },
  {
    files: ['mutants.ts', 'mutant-fields.ts'],
    reason: 'what makes mutants of alterations: a tool, no broker',
  },
  {
    files: [
      'decisions/',
      'decisions.ts',
      'decision.ts',
      'rules.ts',
      'rule.ts',
      'endpoint/decisions.ts',
      'endpoint/rules.ts',
      'effects.ts',
      'why.ts',
    ],
    reason: 'tables of names, domains, kinds and requirements: nothing that the broker does hangs on their values',
  },
  {
    files: ['start.ts', 'listeners.ts', 'tls/'],
    reason:
      'sockets and TLS, which memory lacks: proved over sockets (`npx vitest run src/proof/proof.tls src/broker`)',
  },
  { files: ['scenarios/', 'bench/', 'index.ts'], reason: 'unit tests, benches, exports' },
];

/** `file`: below `src/broker`, with `/`. */
export function isMutated(file: string): boolean {
  if (!file.endsWith('.ts') || file.endsWith('.test.ts')) return false;
  return !LEFT_OUT.some(({ files }) => files.some((one) => (one.endsWith('/') ? file.startsWith(one) : file === one)));
}
