/** MePage */
export function MePage() {
  return null;
}
