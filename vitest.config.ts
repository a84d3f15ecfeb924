import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongFirst } from './test/long-first.ts';

export default defineConfig({
  ssr: { resolve: { conditions: ['mqttspec-source', 'node', 'module'] } },
  test: {
    include: ['{src,suites,load,certs-gen,reports,test}/**/*.test.ts'],
    isolate: false,
    // Some files wait for browsers and brokers most of the time: meanwhile the proof has the cores.
    maxWorkers: availableParallelism() * 2,
    sequence: { sequencer: LongFirst },
    // The proof makes many things that soon are gone: with more room for them a fifth of its time less goes to collecting.
    execArgv: ['--max-semi-space-size=32'],
    // For what hangs; a whole run takes its time on a busy machine.
    testTimeout: 120_000,
    reporters: ['default', './scripts/totals-reporter.mjs'],
  },
});
