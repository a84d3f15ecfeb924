/** Starts a broker in containers by testcontainers. Loaded only when asked for: it takes half a second. */
import {
  GenericContainer,
  Network,
  Wait,
  type StartedNetwork,
  type StartedTestContainer,
  type WaitStrategy,
} from 'testcontainers';
import { engineMissing } from './engine.ts';
import type { BrokerEntry, ContainerRecipe, ServiceRecipe } from './entry.ts';
import { CatalogueError, type StartedBroker } from './started.ts';

/** Characters of a log that are kept: the last ones. */
const LOG_LIMIT = 200_000;
/** Milliseconds that a log may take to be read. */
const LOG_MS = 3_000;

export async function startContainer(entry: BrokerEntry, image?: string): Promise<StartedBroker> {
  const { container, title } = entry;
  if (container === undefined) throw new CatalogueError('NO_RECIPE', `no image of ${title} is known: use --local`);
  const missing = await engineMissing();
  if (missing !== undefined) {
    throw new CatalogueError(
      'NO_DOCKER',
      `no container engine answers (${missing}): start Docker, set DOCKER_HOST, or use --local`,
    );
  }
  const broker = new ContainerBroker(entry, { ...container, ...(image === undefined ? {} : { image }) });
  await broker.start();
  return broker;
}

class ContainerBroker implements StartedBroker {
  wsUrl = '';
  tcpUrl = '';
  readonly label: string;
  readonly #entry: BrokerEntry;
  readonly #recipe: ContainerRecipe;
  #network: StartedNetwork | undefined;
  #services: StartedTestContainer[] = [];
  #main: StartedTestContainer | undefined;
  #lastLog = '';

  constructor(entry: BrokerEntry, recipe: ContainerRecipe) {
    this.#entry = entry;
    this.#recipe = recipe;
    this.label = `${entry.title} (${recipe.image})`;
  }

  async start(): Promise<void> {
    const { services = [], ports } = this.#recipe;
    try {
      if (services.length > 0) this.#network = await new Network().start();
      for (const service of services) this.#services.push(await this.service(service).start());
      this.#main = await this.container().start();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const log = await this.log();
      await this.stop();
      throw new CatalogueError('START_FAILED', `${this.label} did not start: ${why}`, log);
    }
    const host = this.#main.getHost() === 'localhost' ? '127.0.0.1' : this.#main.getHost();
    this.wsUrl = `ws://${host}:${this.#main.getMappedPort(ports.ws)}${this.#entry.path}`;
    this.tcpUrl = `mqtt://${host}:${this.#main.getMappedPort(ports.tcp)}`;
  }

  private container(): GenericContainer {
    const { image, ports, files = [], command, environment = {}, startupMs } = this.#recipe;
    const container = new GenericContainer(image)
      .withExposedPorts(ports.ws, ports.tcp)
      .withEnvironment(environment)
      .withStartupTimeout(startupMs)
      .withWaitStrategy(readiness(this.#recipe))
      .withLogConsumer((stream) => {
        stream.on('data', (line: string | Buffer) => this.keep(String(line)));
      })
      .withCopyContentToContainer(files.map(({ path, content }) => ({ content, target: path })));
    if (command !== undefined) container.withCommand([...command]);
    if (this.#network !== undefined) container.withNetwork(this.#network);
    return container;
  }

  private service(recipe: ServiceRecipe): GenericContainer {
    const { name, image, port, environment = {}, command, startupMs } = recipe;
    const container = new GenericContainer(image)
      .withExposedPorts(port)
      .withEnvironment(environment)
      .withNetworkAliases(name)
      .withStartupTimeout(startupMs)
      .withWaitStrategy(readiness(recipe));
    if (command !== undefined) container.withCommand([...command]);
    if (this.#network !== undefined) container.withNetwork(this.#network);
    return container;
  }

  private keep(line: string): void {
    this.#lastLog = (this.#lastLog + line).slice(-LOG_LIMIT);
  }

  log(): Promise<string> {
    return Promise.resolve(this.#lastLog);
  }

  /** The same container: its mapped ports may change, so that a new one would have another address. */
  async restart(): Promise<void> {
    await this.#main?.restart({ timeout: LOG_MS });
  }

  async stop(): Promise<void> {
    const running = [this.#main, ...this.#services.toReversed()].filter((one) => one !== undefined);
    this.#main = undefined;
    this.#services = [];
    for (const one of running) await one.stop({ remove: true, removeVolumes: true });
    await this.#network?.stop();
    this.#network = undefined;
  }
}

function readiness({ readyLine }: Pick<ContainerRecipe, 'readyLine'>): WaitStrategy {
  return readyLine === undefined ? Wait.forListeningPorts() : Wait.forLogMessage(readyLine);
}
