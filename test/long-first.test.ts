import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { LONG } from './long-first.ts';
import { ROOT } from './imports.ts';

test('every file that is begun first exists', () => {
  expect(LONG.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});
