/** PeoplePage */
export function PeoplePage() {
  return null;
}
