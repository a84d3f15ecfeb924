/** A wrong behaviour that the reference broker can be told to show, and that cases must catch. */
export interface Fault {
  /** What the broker does wrong, as a sentence whose subject is the broker. */
  readonly title: string;
  /** The defect of real brokers that it stands for; absent where it is our own idea. */
  readonly defect?: `D-${string}`;
}

export type FaultTable = Readonly<Record<string, Fault>>;
