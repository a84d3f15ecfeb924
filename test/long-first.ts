/** Which test files are begun first. */
import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * In this order: files that mostly wait, for brokers, browsers and deadlines, and then those that compute meanwhile.
 * None of them may be left over when all others are through.
 */
export const LONG: readonly string[] = [
  'src/drivers/chromium.test.ts',
  'test/e2e/dying-brokers.test.ts',
  'test/e2e/mosquitto.test.ts',
  'src/proof/proof.tls.test.ts',
  'test/e2e/run.test.ts',
  'src/proof/proof.sockets.test.ts',
  'reports/html/report.e2e.test.ts',
  'src/proof/foresee.test.ts',
  'src/proof/proof.1.test.ts',
  'src/proof/proof.2.test.ts',
  'src/proof/proof.3.test.ts',
  'src/proof/proof.4.test.ts',
];

/** Those that are not named come as vitest orders them. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => this.#rank(one) - this.#rank(other));
  }

  #rank({ moduleId }: TestSpecification): number {
    const index = LONG.indexOf(path.relative(this.ctx.config.root, moduleId).replaceAll('\\', '/'));
    return index === -1 ? LONG.length : index;
  }
}
