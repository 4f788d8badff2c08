// `npm run build`: brings everything, or the steps that are named, up to date.
import { prepare } from './prepare.mjs';

const steps = process.argv.slice(2);
prepare(steps.length > 0 ? steps : undefined);
