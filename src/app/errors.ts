/** The two ways in which a use case can refuse: whoever asked can do something about it. */

/** Wrong use: an unknown name, a contradiction, a file that is not there, an empty selection. Exit code 2. */
export class UsageError extends Error {
  readonly code = 'USAGE';
  override readonly name = 'UsageError';
  /** What to do about it, on lines of its own. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** The target cannot be tested: unreachable, not WebSocket, not MQTT, refused. Exit code 3. */
export class UntestableError extends Error {
  readonly code = 'UNTESTABLE';
  override readonly name = 'UntestableError';
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
