/** The mutation tester over the source of the reference broker; driven by `scripts/mutate.mjs`. */
export { Order } from './order.ts';
export { sourceMutantsPage } from './page.ts';
export { sample } from './sample.ts';
export { schemata } from './schemata.ts';
export { isMutated } from './scope.ts';
export { isKilled, rateText, summary, unexplained } from './score.ts';
