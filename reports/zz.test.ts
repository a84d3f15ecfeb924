import { writeFileSync, mkdirSync } from 'node:fs';
import { test } from 'vitest';
import { renderHtml, renderJunit } from './index.ts';
import { sampleRun } from './testing/sample-run.ts';
test('x', () => {
  mkdirSync('/tmp/rep', { recursive: true });
  let t = performance.now();
  const one = renderHtml([sampleRun()]);
  console.log('one', one.length, performance.now() - t);
  writeFileSync('/tmp/rep/one.html', one);
  t = performance.now();
  const four = renderHtml([
    sampleRun({ cases: 400 }),
    sampleRun({ cases: 400, label: 'EMQX 5.8', failsEach: 31 }),
    sampleRun({ cases: 400, label: 'NanoMQ 0.22', failsEach: 4 }),
    sampleRun({ cases: 400, label: 'HiveMQ CE 2024.9', failsEach: 120 }),
  ]);
  console.log('four', four.length, performance.now() - t, four.match(/keep this file small:<\/b>([^<]*)/)?.[1]);
  writeFileSync('/tmp/rep/four.html', four);
  writeFileSync('/tmp/rep/junit.xml', renderJunit(sampleRun()));
}, 60000);
