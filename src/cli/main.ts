#!/usr/bin/env node
import { createRequire } from 'node:module';

const argv = process.argv.slice(2);

if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  const { version } = createRequire(import.meta.url)('mqttspec/package.json') as { version: string };
  process.stdout.write(`${version}\n`);
} else {
  const { main } = await import('./cli.ts');
  await main(argv);
}
