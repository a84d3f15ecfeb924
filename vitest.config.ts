import { defineConfig } from 'vitest/config';

export default defineConfig({
  ssr: { resolve: { conditions: ['mqttspec-source', 'node', 'module'] } },
  test: {
    include: ['{src,suites,load,certs-gen,reports,test}/**/*.test.ts'],
    isolate: false,
    // Many files wait for processes: one core is not kept free for the one that leads.
    maxWorkers: '100%',
    // For what hangs; a whole run takes its time on a busy machine.
    testTimeout: 120_000,
    reporters: ['default', './scripts/totals-reporter.mjs'],
  },
});
