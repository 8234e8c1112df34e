/** The one rule for new passwords, the server's own. */
export const MIN_PASSWORD = 10;

export function passwordProblem(password: string): string | null {
  return password.length >= MIN_PASSWORD ? null : `At least ${MIN_PASSWORD} characters.`;
}
