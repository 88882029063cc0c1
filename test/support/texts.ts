import fc from 'fast-check';

/** What ends a text, begins code or changes how it reads, in one of the languages that are printed. */
const tokens = [
  "'", '"', '`', '\\', '\\\\', '${', '%{', '$${', '%%{', '#{', '$!{D}', '$x', '#if', '#set($a = 1)', '#*', '*#', '##', '*/', '/*', '//', '<!--', '-->', '</script>', '<b>', '&amp;', '|', '[a](b)', '{{resolve:ssm:x}}', '{{x}}', '\n', '\r\n', '\t',
  '\u0000', '\u0085', '\u00ad', '\u2028', '\u2029', '\u202e', '\u2066', '\u200b', '\ufeff', '\ud800', '\udc00', 'e\u0301', 'é', '🙂', '\u{e0041}', '__proto__', 'constructor', 'yes', '12:30', '1e3', '0x1f', '~', '- a', 'a: b', ' #', '&a', '*a', '!x', '%s', '$&', '$1', 'EOT', '<<EOT',
];

/** Texts of a fixed seed: half of them any characters at all, half made of such tokens. */
export const hostileTexts = (count: number, seed = 3): readonly string[] =>
  fc.sample(fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.array(fc.constantFrom(...tokens), { maxLength: 6 }).map((parts) => parts.join(''))), { numRuns: count, seed });

/** As readers that know no lone surrogates give it back. */
export const sound = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');
