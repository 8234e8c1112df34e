/** Id of the page's h1, which takes the focus after a navigation. */
export const PAGE_HEADING = "page-heading";
