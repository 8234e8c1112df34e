/** Keeps a section that broke to itself; the rest of the page lives. */
import { Component, type ReactNode } from "react";
import { ErrorState } from "./ErrorState";

interface State {
  error: unknown;
}

export class SectionBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <ErrorState error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}
