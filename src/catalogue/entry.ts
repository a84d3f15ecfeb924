/** What the catalogue knows of one broker. */
import type { MqttVersion, Need } from '#spec';

export interface BrokerEntry {
  /** As `--broker` takes it. */
  readonly name: string;
  readonly title: string;
  readonly versions: readonly MqttVersion[];
  /** Of the WebSocket listener. */
  readonly path: string;
  /** What its default configuration needs of every client. */
  readonly username?: string;
  readonly password?: string;
  readonly declares?: readonly Need[];
  /** What a user should know before he reads a verdict; whole sentences. */
  readonly quirks: readonly string[];
  readonly container?: ContainerRecipe;
  readonly local?: LocalRecipe;
}

export interface FileToWrite {
  /** Absolute in a container; within the working folder of a local process. */
  readonly path: string;
  readonly content: string;
}

export interface ContainerRecipe {
  /** Pinned: a run must mean the same tomorrow. */
  readonly image: string;
  readonly ports: Doors;
  readonly files?: readonly FileToWrite[];
  /** Replaces the image's own; images without an entry point need it. */
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** A line of its log that says that it serves; absent: its ports listen. */
  readonly readyLine?: RegExp;
  /** Milliseconds until it must serve. */
  readonly startupMs: number;
  /** Started before it, on the same network, reachable by their name. */
  readonly services?: readonly ServiceRecipe[];
}

export interface ServiceRecipe extends Pick<
  ContainerRecipe,
  'image' | 'command' | 'environment' | 'readyLine' | 'startupMs'
> {
  readonly name: string;
  readonly port: number;
}

/** TCP ports of the two listeners. */
export interface Doors {
  readonly ws: number;
  readonly tcp: number;
}

export interface LocalRecipe {
  /** Where it can be had from. */
  readonly install: string;
  readonly startupMs: number;
  /** Undefined where something is missing here: `install` is then told. */
  prepare(place: LocalPlace): LocalStart | undefined;
}

export interface LocalPlace {
  /** A folder of its own, removed afterwards. */
  readonly folder: string;
  readonly ports: Doors;
  /** Free ports for whatever else it opens. */
  readonly spare: readonly number[];
  /** The path of a program on PATH, or of the environment variable's value; undefined: not there. */
  program(name: string, variable?: string): string | undefined;
  /** The folder of an npm package that can be reached from here; undefined: not there. */
  npmPackage(name: string): string | undefined;
}

export interface LocalStart {
  readonly files: readonly FileToWrite[];
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Ends what it leaves behind, such as a daemon of its own; run with the same environment. */
  readonly cleanUp?: { readonly command: string; readonly args: readonly string[] };
  /** Default: both. */
  readonly doors?: readonly (keyof Doors)[];
}
