/** Where to go after signing in: only ever an address of this page. */
export function safeReturnPath(next: string | undefined): string {
  const here = "https://page.invalid";
  if (!next?.startsWith("/") || !URL.canParse(next, here)) return "/incidents";
  const target = new URL(next, here);
  // "//elsewhere" and "/\elsewhere" are other sites to a browser.
  return target.origin === here ? target.pathname + target.search + target.hash : "/incidents";
}
