import { expect, test } from 'vitest';
import { readRunResult } from './read-run-result.ts';
import { ResultsFileError } from './results-file-error.ts';
import { sampleResult } from './testing/sample-result.ts';
import { writeRunResult } from './write-run-result.ts';

const TEXT = writeRunResult(sampleResult());

test('what was written is read back, with or without a byte order mark', () => {
  expect(readRunResult(TEXT)).toEqual(sampleResult());
  expect(readRunResult(`\uFEFF${TEXT}`)).toEqual(sampleResult());
});

test('a key of another catalogue is kept', () => {
  const text = TEXT.replaceAll('5.0/MQTT-3.1.0-2', '5.0/MQTT-9.9.9-9');
  expect(readRunResult(text).cases[0]?.verifies).toEqual(['5.0/MQTT-9.9.9-9']);
});

test.each([
  ['', 'empty', /empty/],
  [' \n', 'empty', /empty/],
  [TEXT.slice(0, 900), 'truncated', /cut off/],
  ['mosquitto version 2', 'not-json', /not JSON/],
  ['{"a":1}}', 'not-json', /not JSON/],
  ['{"type":"run-start"}\n{"type":"case-start"}\n', 'other-format', /events of a run/],
  ['[]', 'other-format', /names no format/],
  ['null', 'other-format', /names no format/],
  ['{"format":"ctrf"}', 'other-format', /its format is "ctrf"/],
  ['{"format":"mqttspec/run-result/2"}', 'newer-format', /format 2, this one reads 1/],
  [TEXT.replace('"verdict":"fail"', '"verdict":"green"'), 'invalid', /cases\.0\.verdict.*green/],
  [TEXT.replace('"durationMs": 8200', '"durationMs": -1'), 'invalid', /run\.durationMs/],
  [TEXT.replace('"bytes":"IAMAAAA="', '"bytes":"not base64"'), 'invalid', /entries\.0\.bytes/],
])('refused: %.30j', (text, code, message) => {
  const read = () => readRunResult(text);
  expect(read).toThrow(ResultsFileError);
  expect(read).toThrow(expect.objectContaining({ code }));
  expect(read).toThrow(message);
});
