/** A forecast under way is looked at again and again until it is done. */
export const whileRunning = {
  refetchInterval: ({ state }: { state: { data?: Answer | undefined } }) => {
    const forecast = state.data?.forecast ?? state.data?.simulation;
    return forecast?.state === 'running' ? 1000 : false;
  },
};

type Running = { state: string } | null;
type Answer = { forecast?: Running; simulation?: Running };
