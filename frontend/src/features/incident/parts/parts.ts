/** The agenda of a blameless debrief, which is the order of the page. */
export const PARTS = [
  {
    id: "recap",
    letter: "A",
    word: "Recap",
    lead: "What we did and when, what we saw, and how we understood it as it happened. Just the facts.",
  },
  {
    id: "discussion",
    letter: "B",
    word: "Discussion",
    lead: "How it came about, five whys deep and more, and as many branches as it takes.",
  },
  {
    id: "takeaways",
    letter: "C",
    word: "Takeaways",
    lead: "What we learned, what we recommend, and what we will do about it.",
  },
] as const;

export type Part = (typeof PARTS)[number];
export type PartId = Part["id"];

export function partOf(id: PartId): Part {
  return PARTS.find((part) => part.id === id) ?? PARTS[0];
}
