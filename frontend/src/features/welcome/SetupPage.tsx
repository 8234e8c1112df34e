/** SetupPage */
export function SetupPage() {
  return null;
}
