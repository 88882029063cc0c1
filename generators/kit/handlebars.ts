import Handlebars from 'handlebars';

/**
 * Fills a template of ours: mostly fixed text with a few values, which the caller has already printed for the language
 * they land in. Strict: a value that is missing is an error. No helpers, no prototype access, no template from outside.
 */
export const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  Handlebars.compile(template, { strict: true, noEscape: true, knownHelpers: {}, knownHelpersOnly: true })(values, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false });
