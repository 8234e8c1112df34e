/** How answers are kept, retried and refused for the whole page. */
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { isProblem, UNREACHABLE } from "../api/problem";

const FRESH_MS = 10_000;
const RETRIES = 2;
/** Without a network people are told so, instead of waiting for what does not come. */
const ASK_ANYWAY = "always";

export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (isProblem(error) && error.status === 401) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (count, error) => count < RETRIES && mayPass(error),
        networkMode: ASK_ANYWAY,
      },
      mutations: { networkMode: ASK_ANYWAY },
    },
  });
}

/** Whether asking the same again could end otherwise. */
function mayPass(error: unknown): boolean {
  return isProblem(error) && (error.code === UNREACHABLE || error.status >= 500);
}
