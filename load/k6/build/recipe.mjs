/** What a k6 is built from: a Go module of two files, by version, with or without the MQTT extension. */

export const DEFAULT_VERSION = '2.2.0';
const EXTENSION = { path: 'github.com/grafana/xk6-mqtt', version: 'v0.3.0' };

/** k6 2.2 asks for this one; older ones are content with it. */
export const GO_NEEDED = [1, 25];

/**
 * @param {{ version: string, mqtt: boolean, source?: string }} wanted `source`: a folder with the extension's source, where no module proxy has it
 * @returns {Record<string, string>} content by file name
 */
export function moduleFiles({ version, mqtt, source }) {
  const k6 = Number(version.split('.')[0]) >= 2 ? `go.k6.io/k6/v${version.split('.')[0]}` : 'go.k6.io/k6';
  const requires = [`require ${k6} v${version}`];
  if (mqtt) requires.push(`require ${EXTENSION.path} ${EXTENSION.version}`);
  if (source !== undefined) requires.push(`replace ${EXTENSION.path} => ${source}`);
  const imports = [`\t"${k6}/cmd"`, ...(mqtt ? ['', `\t_ "${EXTENSION.path}"`] : [])];
  return {
    'go.mod': `module mqttspec-k6\n\ngo ${GO_NEEDED.join('.')}\n\n${requires.join('\n')}\n`,
    'main.go': `package main\n\nimport (\n${imports.join('\n')}\n)\n\nfunc main() { cmd.Execute() }\n`,
  };
}

/** Where the binary of a recipe lives in the cache: one folder each, so that CI can keep them. */
export function folderName({ version, mqtt }) {
  return `k6-${version}${mqtt ? '-mqtt' : ''}`;
}
