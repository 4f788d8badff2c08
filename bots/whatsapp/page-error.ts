/**
 * What may be kept of an error thrown inside WhatsApp's page. Its message can quote anything, so only the
 * shapes that say what changed in the program are let through, cut short; null where it is not one of them.
 */
const telling = [
  /Requiring unknown module "[\w.]{1,80}"/,
  /Cannot read properties of (?:undefined|null) \(reading '[\w$]{1,60}'\)/,
  /Cannot set properties of (?:undefined|null) \(setting '[\w$]{1,60}'\)/,
  /[\w$.()]{1,80} is not a (?:function|constructor)/,
  /[\w$]{1,60} is not defined/,
];

export function describePageError(error: unknown): string | null {
  const text = error instanceof Error ? error.message : String(error);
  for (const shape of telling) {
    const match = shape.exec(text);
    if (match) return match[0];
  }
  return null;
}
