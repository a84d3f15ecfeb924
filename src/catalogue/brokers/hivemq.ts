import type { BrokerEntry, Doors } from '../entry.ts';

const configuration = ({ ws, tcp }: Doors, host: string): string => `<?xml version="1.0"?>
<hivemq>
  <listeners>
    <tcp-listener><port>${tcp}</port><bind-address>${host}</bind-address></tcp-listener>
    <websocket-listener>
      <port>${ws}</port><bind-address>${host}</bind-address><path>/mqtt</path>
      <subprotocols><subprotocol>mqtt</subprotocol></subprotocols>
    </websocket-listener>
  </listeners>
  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
</hivemq>
`;

const MAIN = `import com.hivemq.embedded.EmbeddedHiveMQ;
import java.nio.file.Path;

public class Main {
  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[0]);
    EmbeddedHiveMQ.builder()
        .withConfigurationFolder(home.resolve("conf")).withDataFolder(home.resolve("data"))
        .withExtensionsFolder(home.resolve("extensions")).build().start().join();
    Thread.currentThread().join();
  }
}
`;

export const HIVEMQ: BrokerEntry = {
  name: 'hivemq',
  title: 'HiveMQ Community Edition',
  versions: ['3.1.1', '5.0'],
  path: '/mqtt',
  quirks: [
    'Its Receive Maximum is 10.',
    'The most conforming broker that is known: whatever fails here deserves a second look.',
  ],
  container: {
    image: 'hivemq/hivemq-ce:2025.5',
    ports: { ws: 8000, tcp: 1883 },
    readyLine: /Started HiveMQ in/,
    startupMs: 90_000,
  },
  local: {
    install:
      'Maven: mvn dependency:copy-dependencies of com.hivemq:hivemq-community-edition-embedded:2025.5, and HIVEMQ_LIB=<that folder>; JDK 17',
    startupMs: 60_000,
    prepare: ({ folder, ports, program }) => {
      const java = program('java');
      const lib = program('', 'HIVEMQ_LIB');
      if (java === undefined || lib === undefined) return undefined;
      return {
        files: [
          { path: 'conf/config.xml', content: configuration(ports, '127.0.0.1') },
          { path: 'data/.keep', content: '' },
          { path: 'extensions/.keep', content: '' },
          { path: 'Main.java', content: MAIN },
        ],
        command: java,
        args: ['-cp', `${lib}/*`, 'Main.java', folder],
      };
    },
  },
};
