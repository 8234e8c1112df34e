/** Colour and initials of a person, for avatars and carets alike. */

const COLOURS = 5;

/** A CSS colour that white text can be read on; the same for the same person always. */
export function personColour(id: string): string {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return `var(--person-${(sum % COLOURS) + 1})`;
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "").join("") || "?";
}
