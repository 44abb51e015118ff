import { Skeleton } from "../ui/bits";

/** The page's frame while its organization is opened. */
export function ShellWaiting() {
  return (
    <div className="shell shell-waiting">
      <div className="side">
        <Skeleton lines={8} label="Opening the organization" />
      </div>
      <div className="main-column">
        <div className="top" />
        <main className="page">
          <Skeleton lines={5} />
        </main>
      </div>
    </div>
  );
}
