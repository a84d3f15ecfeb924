import { proveShare } from './testing/prove-cases.ts';

proveShare(1);
