import { Component, type ReactNode } from 'react';

type Props = {
  /** Draws the page that takes the place of the broken one. */
  fallback: (error: unknown, retry: () => void) => ReactNode;
  /** A change of it (the address) gives the page another chance. */
  resetKey?: string;
  children: ReactNode;
};
type State = { error: unknown; failed: boolean; resetKey: string | undefined };

/** React offers error boundaries as classes only. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, failed: false, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error, failed: true };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    if (props.resetKey === state.resetKey) return null;
    return { error: null, failed: false, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return this.props.fallback(this.state.error, () =>
      this.setState({ error: null, failed: false }),
    );
  }
}
