/** The product's mark: lines of one account, and the second one told beside it. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <g stroke="var(--on-accent)" strokeWidth="3" strokeLinecap="round">
        <path d="M8 11h8.5M13 16.25h11" />
        <path d="M8 21.5h16" strokeOpacity=".55" />
      </g>
    </svg>
  );
}
