import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  ssr: { resolve: { conditions: ['mqttspec-source', 'node', 'module'] } },
  test: {
    include: ['{src,suites,load,certs-gen,reports,test}/**/*.test.ts'],
    isolate: false,
    // Some files wait for browsers and brokers most of the time: meanwhile the proof has the cores.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // For what hangs; a whole run takes its time on a busy machine.
    testTimeout: 120_000,
    reporters: ['default', './scripts/totals-reporter.mjs'],
  },
});
