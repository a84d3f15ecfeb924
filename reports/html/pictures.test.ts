import { expect, test } from 'vitest';
import type { RunResult } from '#results';
import { sampleRun } from '../testing/sample-run.ts';
import { renderHtml } from './render-html.ts';

const DATA = '/9j/4AAQSkZJRgABAQAAAQABAAD/2w==';

function withPicture(): RunResult {
  const run = sampleRun({ cases: 20 });
  const failing = run.cases.findIndex(({ verdict }) => verdict === 'fail');
  const pictures = [{ title: 'tab <1>', mediaType: 'image/jpeg', data: DATA } as const];
  return { ...run, cases: run.cases.map((one, index) => (index === failing ? { ...one, pictures } : one)) };
}

test('a picture of a page stands in the file, and the policy lets such pictures through', () => {
  const page = renderHtml([withPicture()]);
  expect(page).toContain(
    `<img src="data:image/jpeg;base64,${DATA}" alt="tab &lt;1&gt;: the page when the case ended" />`,
  );
  expect(page).toMatch(/Content-Security-Policy" content="[^"]*; img-src data:; base-uri/);
});

test('a file without pictures lets none through', () => {
  expect(renderHtml([sampleRun({ cases: 20 })])).not.toContain('img-src');
});
