/** How a run is repeated. */
import { MASK, redactUrl } from '#target';

/** The command that repeats a run, as it may be shown: quoted for a shell, secrets masked. */
export function shownCommand(args: readonly string[]): string {
  const shown = args.map((word, index) => {
    if (args[index - 1] === '--header') return maskHeader(word);
    if (word.startsWith('--header=')) return `--header=${maskHeader(word.slice('--header='.length))}`;
    return word.includes('://') ? redactUrl(word) : word;
  });
  return ['mqttspec', ...shown.map(quoted)].join(' ');
}

function maskHeader(header: string): string {
  const colon = header.indexOf(':');
  return colon < 0 ? MASK : `${header.slice(0, colon)}: ${MASK}`;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
