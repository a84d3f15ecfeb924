/** The blocks of a run as they come: one fault of a broker may show in hundreds of instances. */
import type { InstanceResult } from '#results';
import { decisiveFinding, instanceBlock } from './instance-block.ts';
import type { Paint } from './paint.ts';
import type { Verbosity } from './reporter.ts';

/** What one requirement was broken by is shown so often with its proof, then by a line each; the report has all. */
const IN_FULL = 3;

export class Blocks {
  readonly #verbosity: Verbosity;
  readonly #shown = new Map<string, number>();

  /** Who asks for more by `-v` gets each in full. */
  constructor(verbosity: Verbosity) {
    this.#verbosity = verbosity;
  }

  block(result: InstanceResult, paint: Paint): string {
    const requirement = decisiveFinding(result)?.requirement ?? result.id;
    const before = this.#shown.get(requirement) ?? 0;
    this.#shown.set(requirement, before + 1);
    return instanceBlock(
      result,
      { octets: this.#verbosity > 1, again: this.#verbosity === 0 && before >= IN_FULL },
      paint,
    );
  }
}
