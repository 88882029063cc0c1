/** The essence of a media type, without parameters, in lower case. */
export const essence = (contentType: string): string => {
  if (contentType === 'application/json') return contentType;
  const end = contentType.indexOf(';');
  return (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
};

const covers = (declared: string, sent: string): boolean =>
  declared === sent || declared === '*/*' || (declared.endsWith('/*') && sent.startsWith(declared.slice(0, -1)));

/** The content that a media type selects: the very type before a range of types. */
export const select = <T extends { readonly mediaType: string }>(contents: readonly T[], mediaType: string): T | undefined =>
  contents.find((content) => content.mediaType === mediaType) ?? contents.find((content) => essence(content.mediaType) === mediaType) ?? contents.filter((content) => covers(essence(content.mediaType), mediaType))
    .sort((a, b) => b.mediaType.length - a.mediaType.length)[0];
