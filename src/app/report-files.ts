/** Where reports go: `mqttspec-out/2026-11-22-mosquitto.html`, never over an older one. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from './errors.ts';

export interface ReportFile {
  /** `html`, `junit.xml`, `json`. */
  readonly ending: string;
  readonly content: string;
}

const STEM_LENGTH = 60;

/** `2026-11-22` and the label in words that every file system takes. */
export function stemOf(label: string, startedAt: string): string {
  const words = label
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .replace(/^the-/, '');
  return `${startedAt.slice(0, 10)}-${words === '' ? 'broker' : words}`.slice(0, STEM_LENGTH);
}

/** Writes all under one free name. Gives the paths. Throws `UsageError` where the folder cannot be written. */
export async function writeReportFiles(folder: string, stem: string, files: readonly ReportFile[]): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true });
    const free = freeStem(folder, stem, files);
    const paths = files.map(({ ending }) => join(folder, `${free}.${ending}`));
    await Promise.all(files.map(({ content }, index) => writeFile(paths[index] ?? '', content)));
    return paths;
  } catch (error) {
    throw new UsageError(
      `the reports cannot be written to ${folder}: ${(error as Error).message}`,
      'name another folder: --out DIR',
    );
  }
}

function freeStem(folder: string, stem: string, files: readonly ReportFile[]): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? stem : `${stem}-${n}`;
    if (!files.some(({ ending }) => existsSync(join(folder, `${candidate}.${ending}`)))) return candidate;
  }
}
