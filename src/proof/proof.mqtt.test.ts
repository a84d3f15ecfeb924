import { CASES } from '#suites';
import { proveCases } from './testing/prove-cases.ts';

proveCases(CASES.filter(({ file }) => !file.startsWith('websocket/')));
